using System.Reflection;
using Haneul.Host;

return args switch
{
    ["up", .. var rest] => await Up.RunAsync(rest),
    ["clock", .. var rest] => await ClockCommand.RunAsync(rest),
    ["explain", .. var rest] => await ExplainCommand.RunAsync(rest),
    ["env", .. var rest] => await EnvCommand.RunAsync(rest),
    ["repair", .. var rest] => await Repair.RunAsync(rest),
    ["compatibility"] => Print(CompatibilityPage.Write(Modules.All).TrimEnd(), 0),
    ["version"] => Print(typeof(Up).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, 0),
    ["help"] or [] => Print(Usage.Text, 0),
    _ => Print(Usage.Text, 2),
};

static int Print(string text, int status)
{
    (status == 0 ? Console.Out : Console.Error).WriteLine(text);
    return status;
}
