using Haneul.Storage;
using Haneul.Storage.RocksDb;

namespace Haneul.Host;

/// <summary>Opens a damaged store with what can still be read.</summary>
internal static class Repair
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            var options = HostOptions.Parse(arguments);
            var lost = await RocksDbStore.RepairAsync(Path.Combine(options.Data, "store"), default);
            Console.WriteLine(lost.Count == 0 ? $"Repaired {options.Data}; nothing was lost." : $"Repaired {options.Data}; these could not be read:");
            foreach (var file in lost)
            {
                Console.WriteLine("  " + file);
            }

            return 0;
        }
        catch (Exception exception) when (exception is ArgumentException or StorageException)
        {
            await Console.Error.WriteLineAsync("haneul: " + exception.Message);
            return 1;
        }
    }
}
