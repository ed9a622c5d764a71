namespace Haneul.Storage.Leases;

/// <summary>The right of one owner to do something alone until a moment.</summary>
/// <param name="Name">What is leased.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="Token">Grows with every change of hands and never repeats: the fence against an owner that woke up late.</param>
/// <param name="Expires">When others may take it.</param>
public sealed record Lease(string Name, string Owner, long Token, DateTimeOffset Expires);
