/// A request that got no answer.
package struct HTTPFailure: Error, CustomStringConvertible {
    /// What did not happen.
    package let description: String
}
