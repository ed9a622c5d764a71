using System.Security.Cryptography;

namespace Haneul.Auth.Tests;

public sealed class Sha256Tests
{
    [Fact]
    public void The_system_library_is_used_directly_where_the_runtime_uses_it() => Assert.Equal(OperatingSystem.IsLinux(), Sha256.IsDirect);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    public void Hashes_are_the_runtimes(int length)
    {
        var data = new byte[length];
        Random.Shared.NextBytes(data);
        var hash = new byte[Sha256.Size];
        Sha256.Hash(data, hash);
        Assert.Equal(SHA256.HashData(data), hash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(200)]
    [InlineData(10_000)]
    public void A_kept_prefix_counts_for_every_hash(int length)
    {
        var block = new byte[Sha256.Block];
        Random.Shared.NextBytes(block);
        var prefix = new Sha256.Prefix(block);
        for (var i = 0; i < 2; i++)
        {
            var rest = new byte[length];
            Random.Shared.NextBytes(rest);
            var hash = new byte[Sha256.Size];
            prefix.Hash(rest, hash);
            Assert.Equal(SHA256.HashData([.. block, .. rest]), hash);
        }
    }

    [Fact]
    public void A_hash_needs_its_room() => Assert.Throws<ArgumentOutOfRangeException>(() => Sha256.Hash([], new byte[31]));
}
