namespace Haneul.Kernel.Identity;

/// <summary>Is told whose credentials are used for what. Implemented by IAM, which answers when keys and roles were last used.</summary>
public interface ICredentialUses
{
    /// <param name="principal">Who calls.</param>
    /// <param name="service">The signing name of the service that is called.</param>
    /// <param name="region">The region that is called.</param>
    /// <param name="time">The time of the call.</param>
    ValueTask NoteAsync(Principal principal, string service, Region region, DateTimeOffset time);
}
