/// Small texts with every definition in them: swift, zig, fortran.
extension LanguageSample {
    static let swiftLanguage = LanguageSample(
        fileName: "sample.swift", language: "swift",
        symbols: [
            #"struct Point 4-17"#,
            #"property Point.x 5-5"#,
            #"property Point.y 6-6"#,
            #"constructor Point.init 8-10"#,
            #"property Point.length 12-12"#,
            #"method Point.subscript 14-14"#,
            #"method Point.+ 16-16"#,
            #"class Store 19-27"#,
            #"property Store.items 20-20"#,
            #"method Store.deinit 22-22"#,
            #"method Store.add 24-26"#,
            #"enum State 29-32"#,
            #"case State.open 30-30"#,
            #"case State.closed 30-30"#,
            #"case State.failed 31-31"#,
            #"protocol Seller 34-38"#,
            #"type Seller.Money 35-35"#,
            #"property Seller.name 36-36"#,
            #"method Seller.sell 37-37"#,
            #"class Counter 40-42"#,
            #"method Counter.next 41-41"#,
            #"extension Store 44-46"#,
            #"method Store.sell 45-45"#,
            #"type Pair 48-48"#,
            #"variable limit 50-50"#,
            #"function helper 52-55"#,
            #"function helper.inner 53-53"#,
        ],
        text: #"""
            import Foundation

            /// A point.
            public struct Point: Hashable {
                var x: Double
                let y = 0.0

                init(x: Double) {
                    self.x = x
                }

                var length: Double { x * x }

                subscript(index: Int) -> Double { x }

                static func + (a: Point, b: Point) -> Point { a }
            }

            final class Store<Item> {
                private var items: [Item] = []

                deinit { items = [] }

                func add(_ item: Item) async throws {
                    items.append(item)
                }
            }

            enum State {
                case open, closed
                case failed(Error)
            }

            protocol Seller {
                associatedtype Money
                var name: String { get }
                func sell(_ name: String) -> Int
            }

            actor Counter {
                func next() -> Int { 1 }
            }

            extension Store: Seller where Item == Int {
                func sell(_ name: String) -> Int { 0 }
            }

            typealias Pair = (Int, Int)

            let limit = 10

            func helper(_ x: Int) -> Int {
                func inner() -> Int { x }
                return inner()
            }

            """#)

    static let zig = LanguageSample(
        fileName: "sample.zig", language: "zig",
        symbols: [
            #"constant std 1-1"#,
            #"struct Point 2-7"#,
            #"field Point.x 3-3"#,
            #"method Point.length 4-6"#,
            #"enum Color 8-8"#,
            #"field Color.red 8-8"#,
            #"field Color.green 8-8"#,
            #"constant counter 9-9"#,
            #"function main 10-10"#,
            #"function adds 11-11"#,
        ],
        text: #"""
            const std = @import("std");
            pub const Point = struct {
                x: f32,
                pub fn length(self: Point) f32 {
                    return self.x;
                }
            };
            const Color = enum { red, green };
            var counter: u32 = 0;
            pub fn main() !void {}
            test "adds" { try std.testing.expect(true); }

            """#)

    static let fortran = LanguageSample(
        fileName: "sample.f90", language: "fortran",
        symbols: [
            #"module shop 1-13"#,
            #"type shop.point 3-5"#,
            #"function shop.add 7-9"#,
            #"function shop.area 10-12"#,
            #"module main 14-15"#,
        ],
        text: #"""
            module shop
              implicit none
              type :: point
                real :: x
              end type point
            contains
              subroutine add(a, b)
                integer :: a, b
              end subroutine add
              function area(r) result(s)
                real :: r, s
              end function area
            end module shop
            program main
            end program main

            """#)
}
