/// Small texts with every definition in them: sql, hcl, proto, graphql, make, cmake, dockerfile, latex, just.
extension LanguageSample {
    static let sql = LanguageSample(
        fileName: "sample.sql", language: "sql",
        symbols: [
            #"table shop.items 1-4"#,
            #"index items_name 5-5"#,
            #"view open_items 6-6"#,
            #"function add 7-7"#,
            #"type state 8-8"#,
        ],
        text: #"""
            CREATE TABLE shop.items (
              id integer PRIMARY KEY,
              name text NOT NULL
            );
            CREATE INDEX items_name ON shop.items (name);
            CREATE VIEW open_items AS SELECT * FROM shop.items;
            CREATE FUNCTION add(a integer, b integer) RETURNS integer AS $$ SELECT a + b $$ LANGUAGE sql;
            CREATE TYPE state AS ENUM ('open');
            SELECT 1;

            """#)

    static let hcl = LanguageSample(
        fileName: "sample.tf", language: "hcl",
        symbols: [
            #"resource region 1-3"#,
            #"resource aws_instance.web 4-9"#,
            #"resource aws_instance.web.local-exec 6-8"#,
            #"resource locals 10-10"#,
        ],
        text: #"""
            variable "region" {
              default = "eu"
            }
            resource "aws_instance" "web" {
              ami = "x"
              provisioner "local-exec" {
                command = "x"
              }
            }
            locals { a = 1 }

            """#)

    static let proto = LanguageSample(
        fileName: "sample.proto", language: "proto",
        symbols: [
            #"message Item 3-7"#,
            #"message Item.Price 5-5"#,
            #"enum Item.Kind 6-6"#,
            #"service Shop 8-10"#,
            #"method Shop.Sell 9-9"#,
        ],
        text: #"""
            syntax = "proto3";
            package shop;
            message Item {
              string name = 1;
              message Price { int32 amount = 1; }
              enum Kind { A = 0; }
            }
            service Shop {
              rpc Sell (Item) returns (Item);
            }

            """#)

    static let graphql = LanguageSample(
        fileName: "sample.graphql", language: "graphql",
        symbols: [
            #"type Query 1-3"#,
            #"interface Node 4-4"#,
            #"enum State 5-5"#,
            #"type NewItem 6-6"#,
            #"type Date 7-7"#,
            #"union Any 8-8"#,
            #"function GetItems 9-9"#,
            #"function Parts 10-10"#,
        ],
        text: #"""
            type Query {
              items(first: Int): [Item!]!
            }
            interface Node { id: ID! }
            enum State { OPEN }
            input NewItem { name: String }
            scalar Date
            union Any = Query | Item
            query GetItems { items { name } }
            fragment Parts on Item { name }

            """#)

    static let make = LanguageSample(
        fileName: "sample.mk", language: "make",
        symbols: [
            #"rule all 2-2"#,
            #"rule build 3-4"#,
            #"macro recipe 5-7"#,
        ],
        text: #"""
            CC = gcc
            all: build test
            build: main.c
            	$(CC) -o main main.c
            define recipe
            x
            endef

            """#)

    static let cmake = LanguageSample(
        fileName: "sample.cmake", language: "cmake",
        symbols: [
            #"function add_shop 2-4"#,
            #"macro twice 5-6"#,
        ],
        text: #"""
            project(shop)
            function(add_shop name)
              message(${name})
            endfunction()
            macro(twice x)
            endmacro()

            """#)

    static let dockerfile = LanguageSample(
        fileName: "sample.dockerfile", language: "dockerfile",
        symbols: [
            #"section build 1-1"#
        ],
        text: #"""
            FROM debian AS build
            RUN make
            FROM scratch

            """#)

    static let latex = LanguageSample(
        fileName: "sample.tex", language: "latex",
        symbols: [
            #"section Intro 3-6"#,
            #"section Intro.More 5-6"#,
        ],
        text: #"""
            \documentclass{article}
            \begin{document}
            \section{Intro}
            Text.
            \subsection{More}
            Text.
            \end{document}

            """#)

    static let just = LanguageSample(
        fileName: "sample.just", language: "just",
        symbols: [
            #"rule build 2-3"#
        ],
        text: #"""
            limit := "10"
            build target:
              make {{target}}

            """#)
}
