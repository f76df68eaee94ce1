/// Tells what a word of C and its kin is.
enum CWord {
    /// A word of up to sixteen bytes, which all words of the languages are.
    private struct Packed: Hashable {
        var low: UInt64 = 0
        var high: UInt64 = 0

        init?(_ word: some Collection<UInt8>) {
            guard word.count <= 16 else { return nil }
            for (place, byte) in word.enumerated() {
                if place < 8 {
                    low = low << 8 | UInt64(byte)
                } else {
                    high = high << 8 | UInt64(byte)
                }
            }
        }
    }

    private static let known: [Packed: CToken.Kind] = {
        let groups: [(CToken.Kind, String)] = [
            (
                .type,
                """
                void char short int long float double signed unsigned bool _Bool wchar_t \
                _Complex char8_t char16_t char32_t
                """
            ),
            (.tag, "struct union enum class"),
            (
                .qualifier,
                """
                static extern const volatile inline register typedef restrict virtual explicit \
                constexpr consteval constinit mutable friend thread_local _Thread_local \
                _Noreturn _Atomic __inline __inline__ __const __volatile __volatile__ __restrict \
                __restrict__ __extension__ __thread __signed__ __cdecl __stdcall __fastcall \
                __thiscall __vectorcall __forceinline __unaligned typename public private \
                protected final override noexcept
                """
            ),
            (
                .control,
                """
                return goto case default else if do while for switch break continue sizeof \
                new delete throw try catch using namespace template operator typeof __typeof__ \
                __typeof __attribute__ __attribute __declspec __asm__ __asm asm alignas _Alignas \
                _Alignof alignof __alignof__ _Static_assert static_assert _Generic auto this \
                requires concept co_return co_await co_yield decltype __try __except __finally
                """
            ),
        ]
        var known: [Packed: CToken.Kind] = [:]
        for (kind, words) in groups {
            for word in words.utf8.split(separator: UInt8(ascii: " ")) {
                if let packed = Packed(word) { known[packed] = kind }
            }
        }
        return known
    }()

    static func kind(of word: UnsafeRawBufferPointer) -> CToken.Kind {
        if let packed = Packed(word), let kind = known[packed] { return kind }
        return isMacroLike(word) ? .macro : .plain
    }

    /// Words of C that are never the name of something, in none of its kin.
    static let reserved: Set<String> = [
        "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "_Bool",
        "struct", "union", "enum", "static", "extern", "const", "volatile", "inline", "register",
        "typedef", "restrict", "if", "else", "for", "while", "do", "switch", "case", "default",
        "return", "goto", "break", "continue", "sizeof",
    ]

    /// `GIT_EXTERN`, `WINAPI`, `__init`: two capitals and no small letter, or two low lines in front.
    private static func isMacroLike(_ word: UnsafeRawBufferPointer) -> Bool {
        if word.count > 2, word[0] == UInt8(ascii: "_"), word[1] == UInt8(ascii: "_") {
            return true
        }
        var capitals = 0
        for byte in word {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): capitals += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): break
            default: return false
            }
        }
        return capitals >= 2
    }
}
