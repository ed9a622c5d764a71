namespace Haneul.Storage;

/// <summary>Why the store could not do what was asked.</summary>
public enum StorageFailure
{
    /// <summary>The device answered with an error that has no better name.</summary>
    Unavailable,

    /// <summary>No space is left. Reads go on; writes are refused until there is space again.</summary>
    Full,

    /// <summary>A file does not hold what was written to it.</summary>
    Corrupt,

    /// <summary>Another process has the data directory open.</summary>
    Locked,

    /// <summary>The data was written by a newer version.</summary>
    NewerFormat,
}
