using System.Text.Json.Serialization.Metadata;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Storage;

/// <summary>What everything in IAM has: a name, a path, an id that is never used again, a birthday and tags.</summary>
internal abstract record Entity
{
    public required string Name { get; init; }

    public string Path { get; init; } = "/";

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>A user, group or role: what policies are attached to.</summary>
internal abstract record Identity : Entity
{
    /// <summary>Inline policies by name.</summary>
    public IReadOnlyDictionary<string, string> Inline { get; init; } = new Dictionary<string, string>();

    /// <summary>ARNs of managed policies.</summary>
    public IReadOnlyList<string> Attached { get; init; } = [];

    /// <summary>ARN of the managed policy that is the permissions boundary.</summary>
    public string? Boundary { get; init; }
}

/// <summary>How one kind of entity is stored and spoken of.</summary>
internal interface IEntity<T>
    where T : Entity, IEntity<T>
{
    static abstract byte Kind { get; }

    /// <summary>As in ARNs: <c>user</c>, <c>instance-profile</c>.</summary>
    static abstract string Resource { get; }

    static abstract JsonTypeInfo<T> Json { get; }

    static abstract Kernel.Errors.ServiceException Missing(string name);

    static abstract Kernel.Errors.ServiceException Exists(string name);
}

internal static class EntityArn
{
    public static string ArnIn<T>(this T entity, AccountId account)
        where T : Entity, IEntity<T> => Of(T.Resource, entity.Path, entity.Name, account);

    public static string Of(string resource, string path, string name, AccountId account) =>
        $"arn:aws:iam::{account}:{resource}{path}{name}";
}
