namespace Haneul.ApiGateway.Rest.Patches;

/// <summary>One operation of a PATCH request, at a path that the resource has.</summary>
/// <param name="Op">add, remove, replace, move, copy or test.</param>
/// <param name="Path">As it was sent.</param>
/// <param name="Value">The new value; for lists it may also be the last part of the path.</param>
/// <param name="From">Where a copy comes from.</param>
/// <param name="Names">The parts of the path that stand for names, decoded.</param>
internal sealed record PatchStep(string Op, string Path, string? Value, string? From, IReadOnlyList<string> Names)
{
    /// <summary>The last name in the path.</summary>
    public string Name => Names[^1];

    public bool IsAdd => Op == "add";

    public bool IsRemove => Op == "remove";

    /// <summary>The value, or null where it is removed or empty.</summary>
    public string? Text => IsRemove || Value is null or "" ? null : Value;

    public bool IsTrue => !IsRemove && Texts.IsTrue(Value);

    /// <summary>The value as a number.</summary>
    /// <exception cref="Kernel.Errors.ServiceException">It is none.</exception>
    public int Number => int.TryParse(Value, System.Globalization.CultureInfo.InvariantCulture, out var number)
        ? number
        : throw RestFaults.BadRequest($"Invalid value {Value} specified for path {Path}");
}
