using System.Globalization;
using Haneul.Fuzz;
using Haneul.Fuzz.Targets;

// fuzz [SECONDS] [--target NAME] [--seed N]
FuzzTarget[] targets = [.. WireTargets.All, .. AuthTargets.All, .. PolicyTargets.All, .. DynamoDbTargets.All, .. TextTargets.All, .. ApiTargets.All, .. WatchTargets.All];
var seconds = 10;
var seed = Environment.TickCount & 0xFFFF;
string? only = null;
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--target" && i + 1 < args.Length)
    {
        only = args[++i];
    }
    else if (args[i] == "--seed" && i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seed))
    {
        i++;
    }
    else if (!int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
    {
        return Usage();
    }
}

var chosen = only is null ? targets : [.. targets.Where(target => target.Name == only)];
if (chosen.Length == 0)
{
    return Usage();
}

var fuzzer = new Fuzzer(seed, TimeSpan.FromSeconds(seconds), Console.Out);
var good = 0;
foreach (var target in chosen)
{
    good += fuzzer.Run(target) ? 1 : 0;
}

Console.WriteLine($"{good} of {chosen.Length} targets without a defect");
return good == chosen.Length ? 0 : 1;

int Usage()
{
    Console.Error.WriteLine("fuzz [SECONDS] [--target NAME] [--seed N]");
    Console.Error.WriteLine("targets: " + string.Join(' ', targets.Select(target => target.Name)));
    return 2;
}
