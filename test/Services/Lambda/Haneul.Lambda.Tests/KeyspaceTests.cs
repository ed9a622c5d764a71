using System.Text;
using Haneul.Lambda.Events;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Layers;

namespace Haneul.Lambda.Tests;

/// <summary>What is on disk: a change here is a change of format.</summary>
public sealed class KeyspaceTests
{
    [Fact]
    public void Keys_are_these_bytes()
    {
        Assert.Equal("01-66-00-01", Hex(LambdaKeyspace.Function("f")));
        Assert.Equal("02-66-00-01-00-00-00-00-00-00-00-00", Hex(LambdaKeyspace.Version("f", "$LATEST")));
        Assert.Equal("02-66-00-01-00-00-00-00-00-00-00-0A", Hex(LambdaKeyspace.Version("f", "10")));
        Assert.Equal("03-66-00-01-61-00-01", Hex(LambdaKeyspace.Key(LambdaKeyspace.Aliases, "f", "a")));
        Assert.Equal("04-66-00-01-00-01", Hex(LambdaKeyspace.Key(LambdaKeyspace.Policies, "f", "")));
        Assert.Equal("05-63-00-01-66-00-01-31-00-01", Hex(LambdaKeyspace.CodeUse("c", "f", "1")));
        Assert.Equal("06-80-00-00-00-00-00-00-01-72", Hex(EventRecord.Key(new DateTimeOffset(1, TimeSpan.Zero), "r")));
        Assert.Equal("0A-6C-00-01-00-00-00-00-00-00-00-02", Hex(LayerTable.VersionKey("l", 2)));
        Assert.Equal("0B-69-00-01", Hex(LambdaKeyspace.Key(LambdaKeyspace.Mappings, "i")));
        Assert.Equal("0C-69-00-01-73-00-01", Hex(LambdaKeyspace.Key(LambdaKeyspace.Checkpoints, "i", "s")));
    }

    [Fact]
    public void Values_are_a_version_byte_and_json()
    {
        var version = new VersionRecord
        {
            Version = "1", Runtime = "python3.12", Role = "r", Handler = "a.b", Architecture = "x86_64", Code = "00", RevisionId = "v", LogGroup = "/g",
        };
        var bytes = Stored.Encode(version, RecordJson.Default.VersionRecord);
        Assert.Equal(1, bytes[0]);
        Assert.Equal(
            """{"Version":"1","Runtime":"python3.12","Role":"r","Handler":"a.b","Description":"","Timeout":3,"MemorySize":128,"EphemeralStorage":512,"Architecture":"x86_64","Code":"00","CodeSize":0,"LastModified":"0001-01-01T00:00:00+00:00","RevisionId":"v","LogGroup":"/g","Layers":[]}""",
            Encoding.UTF8.GetString(bytes.AsSpan(1)));
        Assert.Equal("AA==", Stored.Decode(bytes, RecordJson.Default.VersionRecord).CodeSha256);
        Assert.Throws<FormatException>(() => Stored.Decode([9, .. bytes.AsSpan(1)], RecordJson.Default.VersionRecord));
    }

    private static string Hex(byte[] key) => BitConverter.ToString(key);
}
