namespace Haneul.Storage.Formats;

/// <summary>Rewrites data of one format as the next one. Interrupted, it is run again from the start: it must not mind.</summary>
public interface IStoreUpgrade
{
    /// <summary>The format it reads; it leaves the one above.</summary>
    int From { get; }

    ValueTask RunAsync(IStore store, CancellationToken cancel);
}
