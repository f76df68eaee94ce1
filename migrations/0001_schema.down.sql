-- Extensions stay: others may use them, and an ordinary role may not drop them.
DROP TABLE embeddings, embedders, contents, symbols, chunks, blobs, paths, ref_files, refs,
    repositories, workspaces;
