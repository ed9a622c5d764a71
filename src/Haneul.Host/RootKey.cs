using System.Text.Json;
using System.Text.Json.Serialization;
using Haneul.Kernel.Identity;

namespace Haneul.Host;

/// <summary>
/// The access key of the root of the default account, made when the data directory is: the first key of a cloud that takes no unknown ones. It is in
/// a file that only its owner may read; <c>haneul env</c> prints it.
/// </summary>
internal sealed class RootKey(Credential credential) : ICredentials
{
    private const string FileName = "root-key.json";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static RootKey Open(string dataDirectory, IIdSource ids)
    {
        if (Read(dataDirectory) is not { } stored)
        {
            stored = new StoredKey("AKIA" + ids.NewString(16, RandomIdSource.Base32), ids.NewString(40, Alphabet));
            var path = Path.Combine(dataDirectory, FileName);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            JsonSerializer.Serialize(file, stored, RootKeyJson.Default.StoredKey);
            file.Flush(flushToDisk: true);
        }

        return new RootKey(new Credential
        {
            AccessKeyId = stored.AccessKeyId,
            SecretAccessKey = stored.SecretAccessKey,
            Principal = Principal.Root(AccountId.Default, stored.AccessKeyId),
        });
    }

    /// <summary>The key of a data directory; null if it has none.</summary>
    public static StoredKey? Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), RootKeyJson.Default.StoredKey) : null;
    }

    public ValueTask<Credential?> FindAsync(string accessKeyId, CancellationToken cancel) =>
        new(accessKeyId == credential.AccessKeyId ? credential : null);
}

internal sealed record StoredKey(string AccessKeyId, string SecretAccessKey)
{
    // Secrets must not reach logs through a record's generated text.
    public override string ToString() => AccessKeyId;
}

[JsonSerializable(typeof(StoredKey))]
internal sealed partial class RootKeyJson : JsonSerializerContext;
