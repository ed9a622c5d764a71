namespace Haneul.Kernel.Shapes;

/// <summary>Where a REST protocol puts a member; the other protocols put all of them in the body.</summary>
public enum MemberLocation : byte
{
    Body,
    Uri,
    QueryString,
    Header,

    /// <summary>All headers that begin with the wire name, as a map.</summary>
    Headers,
    StatusCode,

    /// <summary>The member is the whole body.</summary>
    Payload,
}
