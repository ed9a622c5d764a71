using Haneul.Kernel.Identity;

namespace Haneul.Iam.Storage;

/// <summary>
/// ARNs for the module's table. They hold the path, which requests do not say, so it is looked up; a name that nobody has gets the path
/// <c>/</c>, as AWS does in its denials.
/// </summary>
internal sealed class EntityArns
{
    /// <summary>Set once the store is made; before that there is nothing to find.</summary>
    public IamStore? Store { get; set; }

    public string Of<T>(string? name, CallContext context)
        where T : Entity, IEntity<T>
    {
        if (name is null)
        {
            return "*";
        }

        var path = name.Length <= 128 && Store?.Read(context.Account).Find<T>(name) is { } entity ? entity.Path : "/";
        return EntityArn.Of(T.Resource, path, name, context.Account);
    }

    public static string New<T>(string? path, string name, CallContext context)
        where T : Entity, IEntity<T> => EntityArn.Of(T.Resource, path ?? "/", name, context.Account);

    /// <summary>The permissions boundary that an identity has already, which conditions may ask for.</summary>
    public string? Boundary<T>(string name, CallContext context)
        where T : Identity, IEntity<T> => name.Length <= 128 ? Store?.Read(context.Account).Find<T>(name)?.Boundary : null;
}
