import Cryptography
import Testing

@Suite("RS256 signs as its standard says, with keys that are good enough")
struct RS256SignerTests {
    @Test("the example of RFC 7515, appendix A.2, has the signature that stands there")
    func vector() throws {
        let input =
            "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
            + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        let signer = try RS256Signer(privateKey: Self.key)
        let signature = try signer.signature(of: Array(input.utf8))
        #expect(Base64URL.encodeUnpadded(signature) == Self.signature)
        // One signer may sign again.
        #expect(try signer.signature(of: Array(input.utf8)) == signature)
        #expect(try signer.signature(of: []) != signature)
    }

    @Test(
        "what is no key, too short a key, or another kind of key is refused",
        arguments: ["", "nonsense", key.replacing("MII", with: "XII"), smallKey, curveKey])
    func refused(_ text: String) {
        #expect {
            _ = try RS256Signer(privateKey: text)
        } throws: { error in
            (error as? CryptographyError)?.code == .malformedKey
        }
    }

    private static let signature = """
        cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_\
        O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIA\
        RNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPq\
        vhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77\
        Rw
        """

    private static let key = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEowIBAAKCAQEAofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd/wWJcyQoTbji9k0
        l8W26mPddxHmfHQp+Vaw+4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL+yRT+SFd2lZS+pC
        gNMsD1W/YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb/7OMg0LOL+bSf63kpaSHSX
        ndS5z5rexMdbBYUsLA9e+KXBdQOS+UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uD
        Zlxvb3qCo5ZwKh9kG4LT6/I5IhlJH7aGhyxXFvUK+DWNmoudF8NAco9/h9iaGNj8
        q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQIDAQABAoIBABKucaRpzQorw35S
        bEUAVx8dYXUdZOlJcHtiWQ+dC6V8ljxAHj/PLyzTveyI5QO/xkObCyjIL303l2cf
        UhPu2MFaJdjVzqACXuOrLot/eSFvxjvqVidTtAZExqFRJ9mylUVAoLvhowVWmC1O
        n95fZCXxTUtxNEG1Xcc7m0rtzJKs45J+N/V9DP1edYH6USyPSWGp6wuA+KgHRnKK
        Vf9GRx80JQY7nVNkL17eHoTWEwga+lwi0FEoW9Y7lDtWXYmKBWhUE+U8PGxlJf8f
        40493HDw1WRQ/aSLoS4QTp3rn7gYgeHEvfJdkkf0UMhlknlo53M09EFPdadQ4TlU
        bjqKc50CgYEA4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH/5IB3jw3bcxGn6QLvnE
        tfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw/Py5PJdTJNPY8cQn7ouZ2KKDcmnPG
        BY5t7yLc1QlQ5xHdwW1VhvKn+nXqhJTBgIPgtldC+KDV5z+y2XDwGUcCgYEAuQPE
        fgmVtjL0Uyyx88GZFF1fOunH3+7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYs
        p1ZSe7zFYHj7C6ul7TjeLQeZD/YwD66t62wDmpe/HlB+TnBA+njbglfIsRLtXlnD
        zQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdcCgYAHAp9XcCSrn8wVkMVkKdb7
        DOX4IKjzdahm+ctDAJN4O/y7OW5FKebvUjdAIt2GuoTZ71iTG+7F0F+lP88jtjP4
        U4qe7VHoewl4MKOfXZKTe+YCS1XbNvfgwJ3Ltyl1OH9hWvu2yza7q+d5PCsDzqtm
        27kxuvULVeya+TEdAB1ijQKBgQCH/3r6YrVH/uCWGy6bzV1nGNOdjKc9tmkfOJmN
        54dxdixdpozCQ6U4OxZrsj3FcOhHBsqAHvX2uuYjagqvo3cOj1TRqNocX40omfCC
        Mx3bD1yPPf/6TI2XECva/ggqEY2mYzmIiA5LVVmc5nrybr+lssFKneeyxN2Wq93S
        0iJMdQKBgCGHewxzoa1r8ZMD0LETNrToK423K377UCYqXfg5XMclbrjPbEC3YI1Z
        NqMtuhdBJqUnBi6tjKMF+34Xf0CUN8ncuXGO2CAYvO8PdyCixHX52ybaDjy1FtCE
        6yUXjoKNXKvUm7MWGsAYH6f4IegOetN5NvmUMFStCSkh7ixZLkN1
        -----END RSA PRIVATE KEY-----
        """

    private static let smallKey = """
        -----BEGIN PRIVATE KEY-----
        MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBANSKF5JM8n2qzz9L
        jnndDXlac8//4ByYIVfMCgoQzMCy5tFIwf9yN1yBykzN6uAHkRt7MuumdoKhidtM
        IK3lVbPPLmnAn/7vU+QlsL9g0r7OT/assFfwUxlP/XEFjnHpszrST9buhVgC9Eaq
        8K8n/+vZv8z4RIBtojNMUCHNidbfAgMBAAECgYBIYAHo2vUUYA8U4bjRvLmy4l9f
        rCV390IbcKrWhKQE1qcNC3ascwtxH+1wvApIYatDLW/ImTXwA+w61jCmptrIsbuX
        NFpBTODoXKzLUoWZ8FOCP8aUrex0I6vtOpSMwHdEwB6qjgHfI8+rzWwSJBK226vi
        29EyymanI7T5pLMdsQJBAP8UVy0i+wF8mlF6v3yW8zqoP5CQrHz6J9PCLCm8Iz/H
        foTVfshhm1B31sRfNJBnMBwZstnvaFPKlxRhZp2fgGkCQQDVTnNBSAXgq3dT+Vcu
        y+O8VoFC6Mxg1OM2vS4YIKOy20iW5kSYM/1rsFNBnZvbTPHbX5JfiIjyTszLW4TU
        WDQHAkEAulcdqDeZrmhcQ5GsOVP8s6kdZnqJx3LnjWaX5JUwGvOdlWRxjejgEVS6
        bBIw0BzRpHWRlmuyhyPEYnsU/6j5oQJAVlk1qv2e8342BhZvxo/fFwTlutJGugQ0
        HpqiqD2+Rs8iKYP5zKtvMULl0TAeQb56QdYEiQvadEyV9tSLhvJVzQJBAI790ivZ
        FJCisMfyhGGX5MRAjKO2nuR/wLzSCFJgC1hz7vgl1Sian+Hk/Ln/tKPPYZA5KliL
        r9ZS/W3Wcp525EQ=
        -----END PRIVATE KEY-----
        """

    private static let curveKey = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEILp9g+9YeN6AODw44K2azUyOiEzfrwt7hsEjELUQ3OXBoAoGCCqGSM49
        AwEHoUQDQgAEpmGZFJ5bK11Fgy7szmE4pVsXy5Oa+BcvCROyobfaJMDuVkQg7J2w
        QPKK/gwTUaBu+zWXbRJzt4toaqrn/6+Vtw==
        -----END EC PRIVATE KEY-----
        """
}
