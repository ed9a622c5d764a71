namespace Haneul.Storage;

/// <summary>The direction of a scan.</summary>
public enum ScanOrder
{
    Ascending,
    Descending,
}
