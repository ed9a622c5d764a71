namespace Haneul.Auth;

/// <summary>Why a signature does not hold. Services word these differently; the gateway has the table.</summary>
public enum AuthRefusal
{
    None,

    /// <summary>There is no signature at all.</summary>
    Missing,

    /// <summary>The authorization cannot be parsed, or lacks a part.</summary>
    Incomplete,

    /// <summary>The date of the scope, the region or the service is not the request's.</summary>
    WrongScope,

    /// <summary>Signed too long ago, or in the future, or a presigned URL whose time is over.</summary>
    Expired,

    /// <summary>A header that must be covered is not: host, or one that begins with x-amz-.</summary>
    UnsignedHeader,

    /// <summary>The session token is missing or another one.</summary>
    WrongToken,

    /// <summary>The calculated signature is another one.</summary>
    Mismatch,
}
