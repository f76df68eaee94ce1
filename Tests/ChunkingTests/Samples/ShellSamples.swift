/// Small texts with every definition in them: bash, lua, perl, powershell, vim, r, starlark.
extension LanguageSample {
    static let bash = LanguageSample(
        fileName: "sample.sh", language: "bash",
        symbols: [
            #"variable LIMIT 4-4"#,
            #"variable NAME 5-5"#,
            #"function log 8-10"#,
            #"function install_all 12-16"#,
        ],
        text: #"""
            #!/bin/bash
            set -e

            LIMIT=10
            readonly NAME="shop"

            # Prints a message.
            log() {
              echo "$1"
            }

            function install_all {
              for package in "$@"; do
                log "$package"
              done
            }

            install_all a b

            """#)

    static let lua = LanguageSample(
        fileName: "sample.lua", language: "lua",
        symbols: [
            #"variable M 1-1"#,
            #"variable M.limit 3-3"#,
            #"variable counter 4-4"#,
            #"function M.add 7-9"#,
            #"function M.method 11-13"#,
            #"function helper 15-17"#,
            #"function M.callback 19-21"#,
            #"function inline 23-23"#,
            #"function global_name 25-25"#,
        ],
        text: #"""
            local M = {}

            M.limit = 10
            local counter = 0

            -- Adds two numbers.
            function M.add(a, b)
              return a + b
            end

            function M:method(x)
              return self.limit + x
            end

            local function helper(x)
              return x
            end

            M.callback = function(event)
              return event
            end

            local inline = function() return 1 end

            function global_name() end

            return M

            """#)

    static let perl = LanguageSample(
        fileName: "sample.pl", language: "perl",
        symbols: [
            #"module Shop.Store 1-1"#,
            #"function add 4-7"#,
            #"function new 8-8"#,
        ],
        text: #"""
            package Shop::Store;
            use strict;
            our $limit = 10;
            sub add {
                my ($self, $x) = @_;
                return $x;
            }
            sub new { bless {}, shift }
            1;

            """#)

    static let powershell = LanguageSample(
        fileName: "sample.ps1", language: "powershell",
        symbols: [
            #"function Get-Item2 1-4"#,
            #"class Shop 5-8"#,
            #"property Shop.Name 6-6"#,
            #"method Shop.Sell 7-7"#,
            #"enum State 9-9"#,
            #"case State.Open 9-9"#,
        ],
        text: #"""
            function Get-Item2 {
              param($Name)
              $Name
            }
            class Shop {
              [string]$Name
              [int] Sell([string]$name) { return 1 }
            }
            enum State { Open }

            """#)

    static let vim = LanguageSample(
        fileName: "sample.vim", language: "vim",
        symbols: [
            #"function shop#add 2-4"#
        ],
        text: #"""
            let g:limit = 10
            function! shop#add(a, b) abort
              return a:a + a:b
            endfunction
            command! Shop call shop#add(1, 2)

            """#)

    static let r = LanguageSample(
        fileName: "sample.r", language: "r",
        symbols: [
            #"function add 3-5"#,
            #"function helper 6-6"#,
        ],
        text: #"""
            library(stats)
            limit <- 10
            add <- function(a, b) {
              a + b
            }
            helper = function(x) x

            """#)

    static let starlark = LanguageSample(
        fileName: "sample.bzl", language: "starlark",
        symbols: [
            #"constant LIMIT 2-2"#,
            #"function add 3-4"#,
        ],
        text: #"""
            load("//a:b.bzl", "c")
            LIMIT = 10
            def add(a, b):
                return a + b

            """#)
}
