namespace Haneul.Storage.Embedded;

/// <summary>What an item of a batch does or requires.</summary>
internal enum BatchKind : byte
{
    Put,
    Delete,
    DeleteRange,
    Absent,
    Present,
    Equal,
    StartsWith,
}
