/// Small texts with every definition in them: groovy, dart, solidity.
extension LanguageSample {
    static let groovy = LanguageSample(
        fileName: "sample.groovy", language: "groovy",
        symbols: [
            #"class Shop 2-8"#,
            #"field Shop.count 3-3"#,
            #"method Shop.sell 5-7"#,
            #"function helper 9-9"#,
        ],
        text: #"""
            package shop
            class Shop {
                int count = 0
                Shop(int c) { count = c }
                def sell(String name) {
                    return 1
                }
            }
            def helper(x) { x }

            """#)

    static let dart = LanguageSample(
        fileName: "sample.dart", language: "dart",
        symbols: [
            #"constant limit 2-2"#,
            #"class Shop 4-12"#,
            #"field Shop.name 5-5"#,
            #"constructor Shop.Shop 6-6"#,
            #"constructor Shop.Shop 7-7"#,
            #"method Shop.sell 8-10"#,
            #"property Shop.size 11-11"#,
            #"trait Loggable 13-13"#,
            #"method Loggable.log 13-13"#,
            #"enum State 14-14"#,
            #"case State.open 14-14"#,
            #"case State.closed 14-14"#,
            #"extension Shout 15-15"#,
            #"method Shout.shout 15-15"#,
            #"type Handler 16-16"#,
            #"function helper 17-17"#,
        ],
        text: #"""
            import 'dart:io';
            const limit = 10;
            /// A shop.
            class Shop extends Base {
              final String name;
              Shop(this.name);
              Shop.open(String path) : name = path;
              int sell(String name) {
                return 1;
              }
              int get size => 1;
            }
            mixin Loggable { void log() {} }
            enum State { open, closed }
            extension Shout on String { String shout() => toUpperCase(); }
            typedef Handler = void Function(int);
            int helper(int x) => x;

            """#)

    static let solidity = LanguageSample(
        fileName: "sample.sol", language: "solidity",
        symbols: [
            #"class Shop 2-10"#,
            #"field Shop.count 3-3"#,
            #"event Shop.Sold 4-4"#,
            #"type Shop.Empty 5-5"#,
            #"struct Shop.Item 6-6"#,
            #"method Shop.onlyOwner 7-7"#,
            #"constructor Shop.constructor 8-8"#,
            #"method Shop.sell 9-9"#,
            #"interface ISeller 11-11"#,
            #"method ISeller.sell 11-11"#,
            #"module Maths 12-12"#,
            #"function Maths.add 12-12"#,
        ],
        text: #"""
            pragma solidity ^0.8.0;
            contract Shop is Base {
              uint public count;
              event Sold(uint id);
              error Empty();
              struct Item { uint id; }
              modifier onlyOwner() { _; }
              constructor(uint x) { count = x; }
              function sell(uint id) public returns (uint) { return id; }
            }
            interface ISeller { function sell(uint id) external; }
            library Maths { function add(uint a) internal pure returns (uint) { return a; } }

            """#)
}
