/// Small texts with every definition in them: python, javascript, typescript, tsx, ruby, php.
extension LanguageSample {
    static let python = LanguageSample(
        fileName: "sample.py", language: "python",
        symbols: [
            #"constant TAX_RATE 5-5"#,
            #"variable _cache 6-6"#,
            #"class Line 11-22"#,
            #"field Line.price 14-14"#,
            #"field Line.count 15-15"#,
            #"method Line.total 18-19"#,
            #"class Line.Meta 21-22"#,
            #"field Line.Meta.ordering 22-22"#,
            #"function fetch 25-29"#,
            #"function fetch.once 26-27"#,
            #"function rate 33-34"#,
        ],
        text: #"""
            """Orders and their totals."""
            import os
            from decimal import Decimal

            TAX_RATE = Decimal("0.19")
            _cache: dict = {}


            # A line of an order.
            @dataclass(frozen=True)
            class Line:
                """One product and its count."""

                price: Decimal
                count: int = 1

                @property
                def total(self):
                    return self.price * self.count

                class Meta:
                    ordering = ["price"]


            async def fetch(url, *, retries=3):
                def once(left):
                    return left - 1

                return once(retries)


            @cache
            def rate():
                return TAX_RATE


            if __name__ == "__main__":
                print(rate())

            """#)

    static let javascript = LanguageSample(
        fileName: "sample.js", language: "javascript",
        symbols: [
            #"constant LIMIT 4-4"#,
            #"variable counter 5-5"#,
            #"function createApplication 8-10"#,
            #"function parse 12-12"#,
            #"function render 13-13"#,
            #"function compile 15-15"#,
            #"function named 16-16"#,
            #"method app.use 19-21"#,
            #"method Application.listen 23-25"#,
            #"class Router 27-38"#,
            #"field Router.defaults 28-28"#,
            #"field Router.secret 29-29"#,
            #"method Router.constructor 31-31"#,
            #"method Router.get 33-35"#,
            #"method Router.handle 37-37"#,
            #"constant handlers 40-44"#,
            #"method handlers.open 41-41"#,
            #"method handlers.close 42-42"#,
            #"method handlers.reset 43-43"#,
            #"function walk 46-46"#,
            #"class Extra 48-48"#,
            #"function exported 49-49"#,
        ],
        text: #"""
            'use strict';

            const http = require('http');
            const LIMIT = 10;
            let counter = 0;

            /** Opens the application. */
            function createApplication(options) {
              return new Application(options);
            }

            const parse = (text) => text.split(',');
            const render = async function (view) { return view; };

            exports.compile = function (value) { return value; };
            module.exports.named = function named() {};
            module.exports = createApplication;

            app.use = function use(fn) {
              return this;
            };

            Application.prototype.listen = function listen(port) {
              return http.createServer(this).listen(port);
            };

            class Router extends Base {
              static defaults = {};
              #secret = 1;

              constructor() { super(); }

              get(path) {
                return this.routes[path];
              }

              handle = (request) => request;
            }

            const handlers = {
              open() { return 1; },
              close: function () { return 2; },
              reset: () => 3,
            };

            function* walk(tree) { yield tree; }

            export default class Extra {}
            export const exported = () => 1;

            """#)

    static let typescript = LanguageSample(
        fileName: "sample.ts", language: "typescript",
        symbols: [
            #"interface Shape 3-6"#,
            #"field Shape.area 4-4"#,
            #"method Shape.scale 5-5"#,
            #"type Point 8-8"#,
            #"field Point.x 8-8"#,
            #"field Point.y 8-8"#,
            #"enum Color 10-10"#,
            #"class Polygon 12-23"#,
            #"field Polygon.points 13-13"#,
            #"field Polygon.count 14-14"#,
            #"method Polygon.constructor 16-16"#,
            #"method Polygon.name 18-18"#,
            #"method Polygon.scale 20-22"#,
            #"namespace Geometry 25-29"#,
            #"function Geometry.distance 26-28"#,
            #"module plugin 31-33"#,
            #"prototype plugin.load 32-32"#,
            #"constant origin 35-35"#,
            #"function area 36-36"#,
            #"prototype overload 38-38"#,
            #"function overload 39-41"#,
        ],
        text: #"""
            import { readFile } from 'fs';

            export interface Shape {
              readonly area: number;
              scale(factor: number): Shape;
            }

            export type Point = { x: number; y: number };

            export enum Color { Red, Green }

            export abstract class Polygon<T> implements Shape {
              private points: Point[] = [];
              static count = 0;

              constructor(public readonly area: number) {}

              abstract name(): string;

              scale(factor: number): Shape {
                return this;
              }
            }

            namespace Geometry {
              export function distance(a: Point, b: Point): number {
                return 0;
              }
            }

            declare module 'plugin' {
              export function load(): void;
            }

            export const origin: Point = { x: 0, y: 0 };
            export const area = (shape: Shape): number => shape.area;

            export function overload(a: string): string;
            export function overload(a: any): any {
              return a;
            }

            """#)

    static let tsx = LanguageSample(
        fileName: "sample.tsx", language: "tsx",
        symbols: [
            #"type Props 3-3"#,
            #"field Props.name 3-3"#,
            #"function Greeting 5-7"#,
            #"function Page 9-15"#,
            #"class Panel 17-21"#,
            #"method Panel.render 18-20"#,
        ],
        text: #"""
            import React from 'react';

            type Props = { name: string };

            export const Greeting: React.FC<Props> = ({ name }) => {
              return <p>Hello {name}</p>;
            };

            export default function Page() {
              return (
                <main>
                  <Greeting name="Ada" />
                </main>
              );
            }

            export class Panel extends React.Component<Props> {
              render() {
                return <div>{this.props.name}</div>;
              }
            }

            """#)

    static let ruby = LanguageSample(
        fileName: "sample.rb", language: "ruby",
        symbols: [
            #"module Shop 3-30"#,
            #"constant Shop.LIMIT 4-4"#,
            #"class Shop.Store 7-27"#,
            #"method Shop.Store.initialize 10-12"#,
            #"method Shop.Store.open 14-16"#,
            #"method Shop.Store.build 19-21"#,
            #"method Shop.Store.empty? 24-26"#,
            #"class Shop.Shop.Error 29-29"#,
            #"function helper 32-34"#,
        ],
        text: #"""
            require 'json'

            module Shop
              LIMIT = 10

              # Sells things.
              class Store < Base
                attr_reader :items

                def initialize(items)
                  @items = items
                end

                def self.open(path)
                  new(JSON.parse(File.read(path)))
                end

                class << self
                  def build
                    new([])
                  end
                end

                def empty?
                  items.empty?
                end
              end

              class Shop::Error < StandardError; end
            end

            def helper
              1
            end

            """#)

    static let php = LanguageSample(
        fileName: "sample.php", language: "php",
        symbols: [
            #"constant App.Shop.LIMIT 7-7"#,
            #"class App.Shop.Store 12-28"#,
            #"constant App.Shop.Store.MAX 17-17"#,
            #"field App.Shop.Store.items 18-18"#,
            #"method App.Shop.Store.__construct 20-22"#,
            #"method App.Shop.Store.open 24-27"#,
            #"interface App.Shop.Seller 30-33"#,
            #"method App.Shop.Seller.sell 32-32"#,
            #"trait App.Shop.Loggable 35-38"#,
            #"method App.Shop.Loggable.log 37-37"#,
            #"enum App.Shop.State 40-45"#,
            #"case App.Shop.State.Open 42-42"#,
            #"method App.Shop.State.label 44-44"#,
            #"function App.Shop.helper 47-50"#,
        ],
        text: #"""
            <?php

            namespace App\Shop;

            use App\Base;

            const LIMIT = 10;

            /**
             * Sells things.
             */
            #[Entity]
            final class Store extends Base implements Seller
            {
                use Loggable;

                const MAX = 5;
                private array $items = [];

                public function __construct(private string $name)
                {
                }

                public static function open(string $path): self
                {
                    return new self($path);
                }
            }

            interface Seller
            {
                public function sell(string $name): int;
            }

            trait Loggable
            {
                protected function log($message) {}
            }

            enum State: string
            {
                case Open = 'open';

                public function label(): string { return 'x'; }
            }

            function helper(int $x): int
            {
                return $x;
            }

            """#)
}
