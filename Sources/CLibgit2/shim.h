#ifndef GITDEX_CLIBGIT2_SHIM_H
#define GITDEX_CLIBGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/repository.h>
#include <git2/sys/stream.h>

/* git_libgit2_opts is variadic, which Swift cannot call: one function per option used. */

static inline int gitdex_git_set_extensions(const char **names, size_t count) {
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

static inline int gitdex_git_set_strict_hash_verification(int enabled) {
    return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

static inline int gitdex_git_set_cache_object_limit(git_object_t type, size_t bytes) {
    return git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, type, bytes);
}

static inline int gitdex_git_set_cache_max_size(ssize_t bytes) {
    return git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, bytes);
}

/* How many bytes of a pack file are mapped at once, and how many of all pack files. */
static inline int gitdex_git_set_pack_window(size_t window, size_t all) {
    int result = git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, window);
    return result < 0 ? result : git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, all);
}

static inline int gitdex_git_set_certificate_file(const char *file) {
    return git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file, NULL);
}

/*
 * A socket of our own for libgit2. Its ssh transport takes any stream for one of the library's
 * sockets and reads the descriptor out of it, so the first four members are those of
 * git_socket_stream (src/libgit2/streams/socket.h, the same from release 0.28 on).
 */
typedef struct {
    git_stream parent;
    char *host;
    char *port;
    int descriptor;
    void *operation;
} gitdex_socket_stream;

#endif
