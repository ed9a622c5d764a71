namespace Haneul.Kernel.Shapes;

/// <summary>How a timestamp is written where its protocol's default does not apply.</summary>
public enum TimestampFormat : byte
{
    /// <summary>The protocol and the place (body, header, query) decide.</summary>
    Default,

    /// <summary>Seconds since 1970, with optional decimals.</summary>
    EpochSeconds,

    /// <summary>RFC 3339 in UTC: <c>1985-04-12T23:20:50.52Z</c>.</summary>
    DateTime,

    /// <summary>IMF-fixdate: <c>Tue, 29 Apr 2014 18:30:38 GMT</c>.</summary>
    HttpDate,
}
