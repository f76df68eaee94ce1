/// How the name of a definition is found from its node.
indirect enum NameRule: Sendable {
    /// The first child in a field.
    case field(String)
    /// Every child in a field; one definition each.
    case fields(String)
    /// Follows kinds of children down, the first of each kind.
    case path([String])
    /// The child after the one of this kind.
    case after(String)
    /// Always the same name.
    case fixed(String)
    /// C declarators: through pointers, arrays and functions to the identifier.
    case declarator
    /// All declarators of a C declaration; those of functions are prototypes.
    case declarations
    /// Go: the method's name, qualified by its receiver's type.
    case goMethod
    /// JavaScript: a variable; a function or class when its value is one.
    case scriptVariable
    /// JavaScript: an assignment of a function or class to a name or member.
    case scriptAssignment
    /// JavaScript: a key whose value is a function.
    case scriptPair
    /// JavaScript: a class's field; a method when its value is a function.
    case scriptField
    /// Kotlin: a name found by another rule, qualified by the type in front of it.
    case receiver(NameRule)
    /// Python: a function, of which those under `@overload` only declare a signature.
    case pythonFunction
    /// Python: an assignment to a plain name.
    case pythonAssignment
    /// Lua: an assignment; a function when its value is one.
    case luaAssignment
    /// Elixir: calls of `def`, `defmodule` and their like.
    case elixirCall
    /// Lisps: lists that start with `defn`, `define` and their like.
    case lispList
    /// R: an assignment of a function to a name.
    case rAssignment
    /// HCL: the block's type and labels.
    case hclBlock
    /// Julia: the called name at the left of a definition.
    case juliaSignature
    /// Nix: a binding whose value is a function.
    case nixBinding
}
