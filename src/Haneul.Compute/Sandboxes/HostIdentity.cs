namespace Haneul.Compute.Sandboxes;

/// <summary>Who a sandbox is on the host.</summary>
/// <param name="Privileged">The cloud runs as root: the sandbox gets a user id of its own. Otherwise a user namespace hides the cloud's own.</param>
/// <param name="User">User and group id on the host, if privileged.</param>
internal readonly record struct HostIdentity(bool Privileged, uint User)
{
    /// <summary>What Lambda's functions see.</summary>
    public const int InsideUser = 993;
    public const int InsideGroup = 990;

    // Above what systems give to people and services, and below what is reserved; 65,536 sandboxes can live at once.
    private const uint FirstUser = 0x6000_0000;

    public static HostIdentity Of(bool privileged, int slot) => new(privileged, FirstUser + (uint)(slot & 0xFFFF));

    public uint VisibleUser => Privileged ? User : InsideUser;

    public uint VisibleGroup => Privileged ? User : InsideGroup;
}
