using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.Iam.Storage;

/// <summary>The accounts' entities. A change is one atomic batch; an error thrown inside of it writes nothing.</summary>
internal sealed class IamStore
{
    private readonly IStore _store;
    private long _epoch;

    public IamStore(IStore store, IEnumerable<EntityArns> arns)
    {
        _store = store;
        Keys = store.Partition(IamKeyspace.Keys);
        foreach (var table in arns)
        {
            table.Store = this;
        }
    }

    /// <summary>Counts changes. What was read at an epoch and is still asked for in the same one is not stale.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    public IamReader Read(AccountId account) => new(account, _store.Partition(IamKeyspace.Account(account)));

    public IPartition Keys { get; }

    public async ValueTask<T> UpdateAsync<T>(AccountId account, Func<IamEdit, T> edit)
    {
        try
        {
            return await _store.Partition(IamKeyspace.Account(account)).UpdateAsync(
                (account, edit), static (current, batch, state) => state.edit(new IamEdit(state.account, current, batch)));
        }
        finally
        {
            Interlocked.Increment(ref _epoch);
        }
    }

    /// <summary>A change of an account and of what is known by access key or alias across accounts.</summary>
    public async ValueTask<T> UpdateWithKeysAsync<T>(AccountId account, Func<IamEdit, IPartitionReader, Batch, T> edit)
    {
        try
        {
            var id = IamKeyspace.Account(account);
            return await _store.Transactions.UpdateAsync(
                [id, IamKeyspace.Keys],
                (account, id, edit),
                static (context, state) => state.edit(
                    new IamEdit(state.account, context.Read(state.id), context.Write(state.id)),
                    context.Read(IamKeyspace.Keys),
                    context.Write(IamKeyspace.Keys)));
        }
        finally
        {
            Interlocked.Increment(ref _epoch);
        }
    }

    /// <summary>Changes one entity.</summary>
    /// <exception cref="Kernel.Errors.ServiceException">There is none of this name, or <paramref name="change"/> refuses.</exception>
    public ValueTask<T> ChangeAsync<T>(AccountId account, string name, Func<IamEdit, T, T> change)
        where T : Entity, IEntity<T> =>
        UpdateAsync(account, edit =>
        {
            var changed = change(edit, edit.Get<T>(name));
            edit.Put(changed);
            return changed;
        });
}
