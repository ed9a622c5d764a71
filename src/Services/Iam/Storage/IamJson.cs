using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Haneul.Iam.AccessKeys;
using Haneul.Iam.Groups;
using Haneul.Iam.InstanceProfiles;
using Haneul.Iam.Policies;
using Haneul.Iam.Providers;
using Haneul.Iam.Roles;
using Haneul.Iam.Sts;
using Haneul.Iam.Users;

namespace Haneul.Iam.Storage;

/// <summary>Stored values: a version byte, then JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserRecord))]
[JsonSerializable(typeof(GroupRecord))]
[JsonSerializable(typeof(RoleRecord))]
[JsonSerializable(typeof(PolicyRecord))]
[JsonSerializable(typeof(InstanceProfileRecord))]
[JsonSerializable(typeof(ProviderRecord))]
[JsonSerializable(typeof(KeyOwner))]
[JsonSerializable(typeof(KeyUse))]
[JsonSerializable(typeof(SessionRecord))]
internal sealed partial class IamJson : JsonSerializerContext
{
    private const byte Version = 1;

    public static byte[] Encode<T>(T value, JsonTypeInfo<T> type) => [Version, .. JsonSerializer.SerializeToUtf8Bytes(value, type)];

    public static T Decode<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type) =>
        bytes[0] == Version
            ? JsonSerializer.Deserialize(bytes[1..], type)!
            : throw new InvalidOperationException($"A stored {typeof(T).Name} has version {bytes[0]}, which is newer than this program.");
}
