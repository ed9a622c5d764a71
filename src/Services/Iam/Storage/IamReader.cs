using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.Iam.Storage;

/// <summary>The entities of one account as they are now, or as a change finds them.</summary>
internal class IamReader(AccountId account, IPartitionReader partition)
{
    public AccountId Account { get; } = account;

    public T? Find<T>(string name)
        where T : Entity, IEntity<T>
    {
        using var value = partition.Get(IamKeyspace.Named(T.Kind, name));
        return value.Exists ? IamJson.Decode(value.Span, T.Json) : null;
    }

    /// <exception cref="Kernel.Errors.ServiceException">There is none of this name.</exception>
    public T Get<T>(string name)
        where T : Entity, IEntity<T> => Find<T>(name) ?? throw T.Missing(name);

    /// <summary>All of a kind, by name.</summary>
    public IEnumerable<T> All<T>(string? after = null)
        where T : Entity, IEntity<T>
    {
        // A scan's entries live on the stack, so they are read before they are handed out.
        var all = new List<T>();
        var range = KeyRange.Prefix(IamKeyspace.Kind(T.Kind));
        foreach (var entry in partition.Scan(after is null ? range : range.After(IamKeyspace.Named(T.Kind, after))))
        {
            all.Add(IamJson.Decode(entry.Value, T.Json));
        }

        return all;
    }

    public string? Alias()
    {
        using var value = partition.Get(IamKeyspace.Kind(IamKeyspace.Alias));
        return value.Exists ? System.Text.Encoding.UTF8.GetString(value.Span[1..]) : null;
    }
}

/// <summary>A change of one account under way: it reads what was before, and writes one batch.</summary>
internal sealed class IamEdit(AccountId account, IPartitionReader partition, Batch batch) : IamReader(account, partition)
{
    public Batch Batch { get; } = batch;

    public void Put<T>(T entity)
        where T : Entity, IEntity<T> => Batch.Put(IamKeyspace.Named(T.Kind, entity.Name), IamJson.Encode(entity, T.Json));

    public void Delete<T>(T entity)
        where T : Entity, IEntity<T> => Batch.Delete(IamKeyspace.Named(T.Kind, entity.Name));

    /// <exception cref="Kernel.Errors.ServiceException">The name is taken.</exception>
    public void Add<T>(T entity)
        where T : Entity, IEntity<T>
    {
        if (Find<T>(entity.Name) is { } existing)
        {
            throw T.Exists(existing.Name);
        }

        Put(entity);
    }
}
