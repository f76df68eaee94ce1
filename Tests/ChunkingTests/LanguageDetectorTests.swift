import Syntax
import Testing

@testable import Chunking

@Suite("Languages are told from names and first lines")
struct LanguageDetectorTests {
    @Test(
        "names",
        arguments: [
            ("src/main.py", "python"), ("A/B/FOO.JAVA", "java"), ("types.d.ts", "typescript"),
            ("page.tsx", "tsx"), ("Makefile", "make"), ("CMakeLists.txt", "cmake"),
            ("Dockerfile.dev", "dockerfile"), ("go.mod", "gomod"), ("main.tf", "hcl"),
            ("build.gradle.kts", "kotlin"), ("x.unheard-of", "text"), ("", "text"),
            ("dir/", "text"), (".gitignore", "gitignore"), ("README", "markdown"),
            ("a.html.erb", "embedded_template"), ("LICENSE", "text"), ("x.fs", "fsharp"),
            (".bashrc", "bash"), ("Cargo.lock", "toml"), ("notes.", "text"), ("..", "text"),
            ("makefile.py", "python"), ("Makefile.in", "make"),
        ])
    func names(_ name: String, _ language: String) {
        #expect(Grammars.language(name) == language)
    }

    @Test(
        "first lines",
        arguments: [
            ("#!/usr/bin/env python3\n", "python"), ("#!/bin/sh -e\n", "bash"),
            ("#! /usr/bin/env -S node --harmony\n", "javascript"), ("#!/usr/bin/perl\n", "perl"),
            ("#!/usr/bin/env FOO=1 ruby\r\n", "ruby"), ("#!/usr/bin/python3.11\n", "python"),
            ("#!\n", "text"), ("#!/usr/bin/env\n", "text"), ("#!/opt/unheard-of\n", "text"),
            ("plain\n", "text"),
        ])
    func shebangs(_ head: String, _ language: String) {
        #expect(Grammars.language("bin/tool", Array(head.utf8)) == language)
    }

    @Test(
        "shared extensions",
        arguments: [
            ("a.h", "int f(void);\n", "c"), ("a.h", "\n  class Foo {\n};\n", "cpp"),
            ("a.h", "namespace a {\n", "cpp"), ("a.h", "// a class in words\nint x;\n", "c"),
            ("a.h", "template<typename T>\n", "cpp"), ("a.h", "@interface Foo\n", "objc"),
            ("a.m", "#import <A.h>\n", "objc"), ("a.m", "function y = f(x)\n", "matlab"),
            ("a.pl", "use strict;\n", "perl"), ("a.pl", ":- module(a, []).\n", "prolog"),
        ])
    func shared(_ name: String, _ head: String, _ language: String) {
        #expect(Grammars.language(name, Array(head.utf8)) == language)
    }

    @Test("a name that is not UTF-8 is no trouble")
    func bytes() {
        let path: [UInt8] = [0xFF, 0xFE] + Array(".rs".utf8)
        let found = [UInt8]().withUnsafeBytes { LanguageDetector.language(of: path, head: $0) }
        #expect(found == "rust")
    }

    @Test("no name, extension or interpreter stands under two languages")
    func unique() {
        for table in [
            LanguageNames.fileNames, LanguageNames.extensions, LanguageNames.interpreters,
        ] {
            let names = table.values.flatMap { $0.split(separator: " ") }
            #expect(Set(names).count == names.count)
        }
    }

    @Test("every grammar can be reached by some name")
    func reached() throws {
        let languages = Set(LanguageNames.extensions.keys).union(LanguageNames.fileNames.keys)
        // These grammars are parts of others and no file's language.
        let inner: Set = ["markdown_inline", "php_only"]
        #expect(Set(try Grammars.library().languages).subtracting(languages) == inner)
    }
}
