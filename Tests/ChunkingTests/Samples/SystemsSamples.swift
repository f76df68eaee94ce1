/// Small texts with every definition in them: c, cpp, objc, go, rust.
extension LanguageSample {
    static let c = LanguageSample(
        fileName: "sample.c", language: "c",
        symbols: [
            #"macro LIMIT 2-2"#,
            #"macro SQUARE 3-3"#,
            #"type point_t 5-7"#,
            #"struct point 5-7"#,
            #"field point.x 6-6"#,
            #"field point.y 6-6"#,
            #"type compare_fn 9-9"#,
            #"struct list 11-13"#,
            #"field list.next 12-12"#,
            #"enum color 15-15"#,
            #"case color.RED 15-15"#,
            #"case color.GREEN 15-15"#,
            #"union value 17-17"#,
            #"field value.i 17-17"#,
            #"field value.f 17-17"#,
            #"variable counter 19-19"#,
            #"variable names 20-20"#,
            #"prototype list_length 22-22"#,
            #"function list_push 25-29"#,
            #"function main 31-31"#,
        ],
        text: #"""
            #include <stdio.h>
            #define LIMIT 10
            #define SQUARE(x) ((x) * (x))

            typedef struct point {
              int x, y;
            } point_t;

            typedef int (*compare_fn)(const void *, const void *);

            struct list {
              struct list *next;
            };

            enum color { RED, GREEN };

            union value { int i; float f; };

            static int counter = 0;
            extern const char *names[];

            int list_length(const struct list *list);

            /* Adds a node. */
            static struct list *list_push(struct list *head,
                                          struct list *node) {
              node->next = head;
              return node;
            }

            int main(void) { return 0; }

            """#)

    static let cpp = LanguageSample(
        fileName: "sample.cpp", language: "cpp",
        symbols: [
            #"namespace shop 3-36"#,
            #"class shop.Stack 6-17"#,
            #"prototype shop.Stack.Stack 8-8"#,
            #"method shop.Stack.~Stack 9-9"#,
            #"method shop.Stack.push 10-10"#,
            #"prototype shop.Stack.operator== 11-11"#,
            #"prototype shop.Stack.size 12-12"#,
            #"field shop.Stack.items_ 15-15"#,
            #"field shop.Stack.count 16-16"#,
            #"struct shop.Point 19-19"#,
            #"field shop.Point.x 19-19"#,
            #"field shop.Point.y 19-19"#,
            #"enum shop.Color 21-21"#,
            #"case shop.Color.Red 21-21"#,
            #"case shop.Color.Green 21-21"#,
            #"type shop.Name 23-23"#,
            #"function shop.Stack.size 26-28"#,
            #"function shop.Stack.operator== 30-30"#,
            #"function shop.reference 32-32"#,
            #"variable shop.kLimit 34-34"#,
            #"function shop.helper.run 38-38"#,
            #"type Small 41-41"#,
        ],
        text: #"""
            #include <string>

            namespace shop {

            template <typename T>
            class Stack : public Base {
             public:
              Stack();
              ~Stack() {}
              void push(const T &value) { items_.push_back(value); }
              bool operator==(const Stack &other) const;
              int size() const;

             private:
              std::vector<T> items_;
              static int count;
            };

            struct Point { int x; int y; };

            enum class Color { Red, Green };

            using Name = std::string;

            template <typename T>
            int Stack<T>::size() const {
              return items_.size();
            }

            bool Stack<int>::operator==(const Stack &other) const { return true; }

            int &reference(int &value) { return value; }

            constexpr int kLimit = 10;

            }  // namespace shop

            int shop::helper::run(int argc) { return argc; }

            template <typename T>
            concept Small = sizeof(T) < 8;

            """#)

    static let objc = LanguageSample(
        fileName: "sample.m", language: "objc",
        symbols: [
            #"class Shop 2-5"#,
            #"prototype Shop.sell 4-4"#,
            #"extension Shop 6-11"#,
            #"method Shop.sell 7-9"#,
            #"method Shop.open 10-10"#,
            #"protocol Seller 12-14"#,
            #"prototype Seller.go 13-13"#,
            #"function helper 15-15"#,
        ],
        text: #"""
            #import <Foundation/Foundation.h>
            @interface Shop : NSObject
            @property (nonatomic) NSString *name;
            - (int)sell:(NSString *)name count:(int)count;
            @end
            @implementation Shop
            - (int)sell:(NSString *)name count:(int)count {
                return 1;
            }
            + (instancetype)open { return nil; }
            @end
            @protocol Seller
            - (void)go;
            @end
            static int helper(int x) { return x; }

            """#)

    static let go = LanguageSample(
        fileName: "sample.go", language: "go",
        symbols: [
            #"constant Limit 9-9"#,
            #"constant First 12-12"#,
            #"constant Second 13-13"#,
            #"variable defaultStore 16-16"#,
            #"variable backup 16-16"#,
            #"struct Store 19-21"#,
            #"field Store.items 20-20"#,
            #"interface Reader 23-25"#,
            #"method Reader.Read 24-24"#,
            #"type ID 28-28"#,
            #"struct Pair 29-29"#,
            #"field Pair.a 29-29"#,
            #"field Pair.b 29-29"#,
            #"function New 33-35"#,
            #"method Store.Add 37-40"#,
            #"method Pair.First 42-42"#,
        ],
        text: #"""
            // Package shop sells.
            package shop

            import (
            	"fmt"
            	"io"
            )

            const Limit = 10

            const (
            	First = iota
            	Second
            )

            var defaultStore, backup = New(), New()

            // Store keeps items.
            type Store struct {
            	items map[string]int
            }

            type Reader interface {
            	Read(p []byte) (int, error)
            }

            type (
            	ID   string
            	Pair[T any] struct{ a, b T }
            )

            // New makes a store.
            func New() *Store {
            	return &Store{items: map[string]int{}}
            }

            func (s *Store) Add(name string, count int) error {
            	s.items[name] += count
            	return nil
            }

            func (p Pair[T]) First() T { return p.a }

            """#)

    static let rust = LanguageSample(
        fileName: "sample.rs", language: "rust",
        symbols: [
            #"constant LIMIT 4-4"#,
            #"variable NAME 5-5"#,
            #"struct Point 9-12"#,
            #"field Point.x 10-10"#,
            #"field Point.y 11-11"#,
            #"enum Shape 14-17"#,
            #"case Shape.Circle 15-15"#,
            #"case Shape.Empty 16-16"#,
            #"trait Area 19-26"#,
            #"constant Area.SIDES 20-20"#,
            #"type Area.Unit 21-21"#,
            #"method Area.area 22-22"#,
            #"method Area.describe 23-25"#,
            #"extension Point 28-32"#,
            #"method Point.new 29-31"#,
            #"extension Wrapper 34-38"#,
            #"method Wrapper.fmt 35-37"#,
            #"type Pair 40-40"#,
            #"macro square 42-44"#,
            #"module inner 46-48"#,
            #"function inner.helper 47-47"#,
            #"module tests 51-56"#,
            #"function tests.works 53-55"#,
            #"union Bits 58-58"#,
            #"field Bits.a 58-58"#,
            #"field Bits.b 58-58"#,
        ],
        text: #"""
            //! Shapes.
            use std::fmt;

            pub const LIMIT: usize = 10;
            static NAME: &str = "shapes";

            /// A point in the plane.
            #[derive(Debug, Clone)]
            pub struct Point {
                x: f64,
                y: f64,
            }

            pub enum Shape {
                Circle(Point, f64),
                Empty,
            }

            pub trait Area {
                const SIDES: u32;
                type Unit;
                fn area(&self) -> f64;
                fn describe(&self) -> String {
                    format!("{}", self.area())
                }
            }

            impl Point {
                pub fn new(x: f64, y: f64) -> Self {
                    Point { x, y }
                }
            }

            impl<T: Area> fmt::Display for Wrapper<T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, "x")
                }
            }

            type Pair<T> = (T, T);

            macro_rules! square {
                ($x:expr) => { $x * $x };
            }

            mod inner {
                pub fn helper() -> u8 { 1 }
            }

            #[cfg(test)]
            mod tests {
                #[test]
                fn works() {
                    assert_eq!(square!(2), 4);
                }
            }

            union Bits { a: u32, b: f32 }

            """#)
}
