using System.Text.RegularExpressions;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity.Paths;

/// <summary>What stands in <c>[?(...)]</c>.</summary>
internal abstract class PathFilter
{
    public abstract bool Holds(object? root, object? item);
}

internal sealed class NotFilter(PathFilter inner) : PathFilter
{
    public override bool Holds(object? root, object? item) => !inner.Holds(root, item);
}

internal sealed class BothFilter(PathFilter left, bool and, PathFilter right) : PathFilter
{
    public override bool Holds(object? root, object? item) =>
        left.Holds(root, item) == and ? right.Holds(root, item) : !and;
}

/// <summary>A path alone: it leads somewhere.</summary>
internal sealed class ExistsFilter(PathOperand operand) : PathFilter
{
    public override bool Holds(object? root, object? item) =>
        operand.Value(root, item) is not (VelocityNothing or VelocityList { Items.Count: 0 });
}

internal sealed class CompareFilter(PathOperand left, string operation, PathOperand right) : PathFilter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    public override bool Holds(object? root, object? item)
    {
        var a = left.Value(root, item);
        var b = right.Value(root, item);
        return operation switch
        {
            "==" => AreSame(a, b),
            "!=" => !AreSame(a, b),
            "<" => Order(a, b) < 0,
            "<=" => Order(a, b) <= 0,
            ">" => Order(a, b) > 0,
            ">=" => Order(a, b) >= 0,
            "=~" => a is string text && b is Regex pattern && IsMatch(pattern, text),
            "in" => b is VelocityList list && list.Items.Exists(each => AreSame(a, each)),
            "nin" => b is VelocityList others && !others.Items.Exists(each => AreSame(a, each)),
            "contains" => a switch
            {
                VelocityList list => list.Items.Exists(each => AreSame(each, b)),
                string text => b is string part && text.Contains(part, StringComparison.Ordinal),
                _ => false,
            },
            "subsetof" => a is VelocityList part && b is VelocityList whole && part.Items.TrueForAll(each => whole.Items.Exists(other => AreSame(each, other))),
            "anyof" => a is VelocityList some && b is VelocityList of && some.Items.Exists(each => of.Items.Exists(other => AreSame(each, other))),
            "noneof" => a is VelocityList none && b is VelocityList from && !none.Items.Exists(each => from.Items.Exists(other => AreSame(each, other))),
            "size" => JavaNumbers.Compare(Size(a), b) == 0,
            _ => b is bool empty && Size(a) is { } size && size == 0 == empty,
        };
    }

    private static bool IsMatch(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new VelocityException($"A pattern takes longer than {s_patience.TotalMilliseconds} ms.");
        }
    }

    private static long? Size(object? value) => value switch
    {
        VelocityList list => list.Items.Count,
        VelocityMap map => map.Entries.Count,
        string text => text.Length,
        _ => null,
    };

    private static bool AreSame(object? a, object? b) => (a, b) switch
    {
        (VelocityNothing, _) or (_, VelocityNothing) => a is VelocityNothing && b is VelocityNothing,
        (null, _) or (_, null) => a is null && b is null,
        (string x, string y) => x == y,
        (bool x, bool y) => x == y,
        _ => JavaNumbers.Compare(a, b) is { } order ? order == 0
            : a is VelocityList or VelocityMap && b is VelocityList or VelocityMap && JsonText.Of(a) == JsonText.Of(b),
    };

    private static int? Order(object? a, object? b) =>
        a is string x && b is string y ? string.CompareOrdinal(x, y) : JavaNumbers.Compare(a, b);
}

/// <summary>One side of a comparison: a constant or a path.</summary>
internal sealed class PathOperand(object? constant, JsonPath? path)
{
    public bool IsPath => path is not null;

    public object? Value(object? root, object? item) => path is null ? constant : path.Evaluate(root, path.FromRoot ? root : item);
}
