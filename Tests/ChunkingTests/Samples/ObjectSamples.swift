/// Small texts with every definition in them: java, csharp, kotlin, scala.
extension LanguageSample {
    static let java = LanguageSample(
        fileName: "sample.java", language: "java",
        symbols: [
            #"class Shop 6-26"#,
            #"field Shop.LIMIT 8-8"#,
            #"field Shop.items 9-9"#,
            #"field Shop.a 10-10"#,
            #"field Shop.b 10-10"#,
            #"constructor Shop.Shop 12-14"#,
            #"method Shop.sell 16-19"#,
            #"class Shop.Builder 21-23"#,
            #"method Shop.Builder.build 22-22"#,
            #"enum Shop.State 25-25"#,
            #"case Shop.State.OPEN 25-25"#,
            #"case Shop.State.CLOSED 25-25"#,
            #"interface Seller 28-30"#,
            #"method Seller.sell 29-29"#,
            #"record Point 32-34"#,
            #"method Point.length 33-33"#,
            #"interface Marker 36-38"#,
            #"method Marker.value 37-37"#,
        ],
        text: #"""
            package com.example;

            import java.util.List;

            /** A shop. */
            @Service
            public class Shop<T> extends Base implements Seller {
                private static final int LIMIT = 10;
                private final List<T> items;
                int a, b;

                public Shop(List<T> items) {
                    this.items = items;
                }

                @Override
                public int sell(String name) {
                    return items.size();
                }

                static class Builder {
                    Shop build() { return null; }
                }

                enum State { OPEN, CLOSED }
            }

            interface Seller {
                int sell(String name);
            }

            record Point(int x, int y) {
                double length() { return Math.sqrt(x * x + y * y); }
            }

            @interface Marker {
                String value() default "";
            }

            """#)

    static let csharp = LanguageSample(
        fileName: "sample.cs", language: "csharp",
        symbols: [
            #"class Example.Shop.Shop 6-23"#,
            #"field Example.Shop.Shop.Limit 9-9"#,
            #"field Example.Shop.Shop.items 10-10"#,
            #"property Example.Shop.Shop.Name 11-11"#,
            #"field Example.Shop.Shop.Sold 12-12"#,
            #"constructor Example.Shop.Shop.Shop 14-14"#,
            #"method Example.Shop.Shop.Sell 16-16"#,
            #"method Example.Shop.Shop.== 18-18"#,
            #"property Example.Shop.Shop.this 20-20"#,
            #"struct Example.Shop.Shop.Entry 22-22"#,
            #"field Example.Shop.Shop.Entry.Id 22-22"#,
            #"interface Example.Shop.ISeller 25-25"#,
            #"method Example.Shop.ISeller.Sell 25-25"#,
            #"enum Example.Shop.State 27-27"#,
            #"case Example.Shop.State.Open 27-27"#,
            #"case Example.Shop.State.Closed 27-27"#,
            #"record Example.Shop.Point 29-29"#,
            #"type Example.Shop.Handler 31-31"#,
        ],
        text: #"""
            using System;

            namespace Example.Shop
            {
                /// <summary>A shop.</summary>
                [Serializable]
                public partial class Shop : Base, ISeller
                {
                    private const int Limit = 10;
                    private readonly List<int> items;
                    public string Name { get; set; }
                    public event EventHandler Sold;

                    public Shop(string name) { Name = name; }

                    public int Sell(string name) => items.Count;

                    public static bool operator ==(Shop a, Shop b) => true;

                    public int this[int index] => items[index];

                    private struct Entry { public int Id; }
                }

                public interface ISeller { int Sell(string name); }

                public enum State { Open, Closed }

                public record Point(int X, int Y);

                public delegate void Handler(object sender);
            }

            """#)

    static let kotlin = LanguageSample(
        fileName: "sample.kt", language: "kotlin",
        symbols: [
            #"variable LIMIT 5-5"#,
            #"variable names 6-6"#,
            #"class Shop 9-24"#,
            #"property Shop.count 11-11"#,
            #"constructor Shop.constructor 13-13"#,
            #"method Shop.sell 15-17"#,
            #"method Shop.open 20-20"#,
            #"class Shop.Entry 23-23"#,
            #"interface Seller 26-28"#,
            #"method Seller.sell 27-27"#,
            #"enum State 30-30"#,
            #"case State.OPEN 30-30"#,
            #"case State.CLOSED 30-30"#,
            #"class Point 32-32"#,
            #"object Registry 34-36"#,
            #"method Registry.register 35-35"#,
            #"type Pair 38-38"#,
            #"function String.shout 40-40"#,
            #"function helper 42-42"#,
        ],
        text: #"""
            package com.example

            import java.io.File

            const val LIMIT = 10
            val names = listOf("a")

            /** A shop. */
            @Service
            class Shop<T>(private val items: List<T>) : Base(), Seller {
                var count: Int = 0

                constructor(name: String) : this(listOf())

                override fun sell(name: String): Int {
                    return items.size
                }

                companion object {
                    fun open(path: String) = Shop<String>(path)
                }

                inner class Entry
            }

            interface Seller {
                fun sell(name: String): Int
            }

            enum class State { OPEN, CLOSED }

            data class Point(val x: Int, val y: Int)

            object Registry {
                fun register() {}
            }

            typealias Pair = Map<String, Int>

            fun String.shout(): String = uppercase()

            fun helper(x: Int): Int = x

            """#)

    static let scala = LanguageSample(
        fileName: "sample.scala", language: "scala",
        symbols: [
            #"class Point 6-8"#,
            #"method Point.length 7-7"#,
            #"trait Seller 10-14"#,
            #"type Seller.Money 11-11"#,
            #"constant Seller.name 12-12"#,
            #"method Seller.sell 13-13"#,
            #"class Shop 16-23"#,
            #"field Shop.count 17-17"#,
            #"constant Shop.limit 18-18"#,
            #"method Shop.sell 20-22"#,
            #"object Shop 25-27"#,
            #"method Shop.apply 26-26"#,
            #"enum Color 29-31"#,
            #"case Color.Red 30-30"#,
            #"case Color.Green 30-30"#,
            #"constant intOrdering 32-32"#,
            #"function shout 35-35"#,
            #"function helper 37-37"#,
        ],
        text: #"""
            package com.example

            import scala.collection.mutable

            /** A shop. */
            case class Point(x: Int, y: Int) {
              def length: Double = math.sqrt(x * x + y * y)
            }

            trait Seller {
              type Money
              val name: String
              def sell(name: String): Int
            }

            abstract class Shop[T](items: List[T]) extends Seller {
              private var count = 0
              val limit = 10

              override def sell(name: String): Int = {
                items.size
              }
            }

            object Shop {
              def apply(): Shop[Int] = ???
            }

            enum Color:
              case Red, Green

            given intOrdering: Ordering[Int] = ???

            extension (s: String)
              def shout: String = s.toUpperCase

            def helper(x: Int): Int = x

            """#)
}
