extension AccountError {
    static var tokenInvalid: AccountError {
        AccountError(.tokenInvalid, "that token is not good here", remedy: "sign in again")
    }

    static var invalidCredentials: AccountError {
        AccountError(
            .invalidCredentials, "address and password do not fit",
            remedy: "check both, or have the password set anew with 'gitdex user passwd'")
    }

    static var invitationInvalid: AccountError {
        AccountError(
            .invitationInvalid, "there is no such invitation for this address any more",
            remedy: "ask for a new one")
    }

    static func forbidden(_ what: String) -> AccountError {
        AccountError(.forbidden, "your role does not allow you to \(what)", remedy: "ask an owner")
    }

    static func notFound(_ what: String) -> AccountError {
        AccountError(.notFound, "there is no such \(what)", remedy: "list what there is")
    }

    static var lastOwner: AccountError {
        AccountError(
            .lastOwner, "the workspace would be left without an owner",
            remedy: "make somebody else an owner first, or delete the workspace")
    }
}
