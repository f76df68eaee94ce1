/// Small texts with every definition in them: elixir, haskell, erlang, ocaml, julia, clojure, scheme, nix.
extension LanguageSample {
    static let elixir = LanguageSample(
        fileName: "sample.ex", language: "elixir",
        symbols: [
            #"module Shop.Store 1-26"#,
            #"function Shop.Store.add 11-15"#,
            #"function Shop.Store.helper 17-17"#,
            #"macro Shop.Store.square 19-21"#,
            #"module Shop.Store.Error 23-25"#,
            #"protocol Seller 28-30"#,
            #"method Seller.sell 29-29"#,
            #"extension Shop.Store 32-34"#,
            #"method Shop.Store.sell 33-33"#,
        ],
        text: #"""
            defmodule Shop.Store do
              @moduledoc "Sells things."
              use GenServer

              @limit 10

              defstruct [:items, count: 0]

              @doc "Adds an item."
              @spec add(t, String.t()) :: t
              def add(store, name) when is_binary(name) do
                %{store | items: [name | store.items]}
              end

              def add(store, _), do: store

              defp helper(x), do: x

              defmacro square(x) do
                quote do: unquote(x) * unquote(x)
              end

              defmodule Error do
                defexception [:message]
              end
            end

            defprotocol Seller do
              def sell(item)
            end

            defimpl Seller, for: Shop.Store do
              def sell(_), do: 1
            end

            """#)

    static let haskell = LanguageSample(
        fileName: "sample.hs", language: "haskell",
        symbols: [
            #"module Shop.Store 2-2"#,
            #"type Store 7-10"#,
            #"type Name 12-12"#,
            #"type Pair 14-14"#,
            #"class Seller 16-19"#,
            #"method Seller.sell 17-17"#,
            #"method Seller.describe 18-19"#,
            #"extension Seller 21-22"#,
            #"method Seller.sell 22-22"#,
            #"function add 25-28"#,
            #"function empty 30-33"#,
            #"function empty.helper 33-33"#,
        ],
        text: #"""
            {-# LANGUAGE LambdaCase #-}
            module Shop.Store (Store, add) where

            import qualified Data.Map as Map

            -- | A shop.
            data Store a = Store
              { items :: Map.Map String a
              , limit :: Int
              }

            newtype Name = Name String

            type Pair a = (a, a)

            class Seller s where
              sell :: s -> Int
              describe :: s -> String
              describe _ = "shop"

            instance Seller (Store a) where
              sell = Map.size . items

            -- | Adds an item.
            add :: String -> a -> Store a -> Store a
            add name _ store | null name = store
            add name item store =
              store { items = Map.insert name item (items store) }

            empty :: Store a
            empty = Store Map.empty 10
              where
                helper x = x

            """#)

    static let erlang = LanguageSample(
        fileName: "sample.erl", language: "erlang",
        symbols: [
            #"module shop 1-1"#,
            #"macro LIMIT 3-3"#,
            #"record item 4-4"#,
            #"type id 5-5"#,
            #"function add 7-9"#,
            #"function helper 10-10"#,
        ],
        text: #"""
            -module(shop).
            -export([add/2]).
            -define(LIMIT, 10).
            -record(item, {name, count}).
            -type id() :: integer().
            -spec add(integer(), integer()) -> integer().
            add(0, B) -> B;
            add(A, B) ->
                A + B.
            helper() -> ok.

            """#)

    static let ocaml = LanguageSample(
        fileName: "sample.ml", language: "ocaml",
        symbols: [
            #"type point 2-2"#,
            #"type Failed 3-3"#,
            #"module Store 4-6"#,
            #"function Store.add 5-5"#,
            #"interface SELLER 7-9"#,
            #"prototype SELLER.sell 8-8"#,
            #"function length 10-10"#,
            #"constant limit 11-11"#,
            #"class counter 12-12"#,
            #"method counter.next 12-12"#,
        ],
        text: #"""
            open Printf
            type point = { x : int; y : int }
            exception Failed of string
            module Store = struct
              let add a b = a + b
            end
            module type SELLER = sig
              val sell : string -> int
            end
            let rec length l = match l with [] -> 0 | _ :: t -> 1 + length t
            let limit = 10
            class counter = object method next = 1 end

            """#)

    static let julia = LanguageSample(
        fileName: "sample.jl", language: "julia",
        symbols: [
            #"module Shop 1-18"#,
            #"constant Shop.LIMIT 2-2"#,
            #"type Shop.Seller 3-3"#,
            #"struct Shop.Point 4-6"#,
            #"function Shop.area 7-9"#,
            #"function Shop.square 10-10"#,
            #"function Shop.Base.show 11-11"#,
            #"macro Shop.twice 12-14"#,
            #"function Shop.generic 15-17"#,
        ],
        text: #"""
            module Shop
            const LIMIT = 10
            abstract type Seller end
            struct Point{T} <: Seller
                x::T
            end
            function area(p::Point)::Float64
                p.x
            end
            square(x) = x * x
            Base.show(io::IO, p::Point) = print(io, p.x)
            macro twice(ex)
                ex
            end
            function generic(x::T) where T
                x
            end
            end

            """#)

    static let clojure = LanguageSample(
        fileName: "sample.clj", language: "clojure",
        symbols: [
            #"namespace shop.store 1-1"#,
            #"variable limit 2-2"#,
            #"function add 3-3"#,
            #"function helper 4-4"#,
            #"macro twice 5-5"#,
            #"record Point 6-6"#,
            #"protocol Seller 7-7"#,
            #"function area 8-8"#,
            #"method area 9-9"#,
        ],
        text: #"""
            (ns shop.store (:require [clojure.string :as str]))
            (def limit 10)
            (defn add "Adds." [a b] (+ a b))
            (defn- helper [x] x)
            (defmacro twice [x] `(do ~x ~x))
            (defrecord Point [x y])
            (defprotocol Seller (sell [this]))
            (defmulti area :kind)
            (defmethod area :circle [s] 1)

            """#)

    static let scheme = LanguageSample(
        fileName: "sample.scm", language: "scheme",
        symbols: [
            #"variable limit 1-1"#,
            #"function add 2-2"#,
            #"macro twice 3-3"#,
            #"function square 4-4"#,
        ],
        text: #"""
            (define limit 10)
            (define (add a b) (+ a b))
            (define-syntax twice (syntax-rules () ((_ x) (begin x x))))
            (define square (lambda (x) (* x x)))

            """#)

    static let nix = LanguageSample(
        fileName: "sample.nix", language: "nix",
        symbols: [
            #"function add 4-4"#
        ],
        text: #"""
            { pkgs }:
            let
              limit = 10;
              add = a: b: a + b;
            in {
              inherit add;
              package = pkgs.mkDerivation { name = "x"; };
            }

            """#)
}
