namespace Haneul.CloudWatch.Expressions;

/// <summary>What a part of an expression stands for.</summary>
internal abstract record MathValue
{
    /// <summary>The series in it; a scalar has none.</summary>
    public virtual IReadOnlyList<TimeSeries> Series => [];
}

internal sealed record ScalarValue(double Value) : MathValue;

internal sealed record TextValue(string Text) : MathValue;

internal sealed record SeriesValue(TimeSeries Single) : MathValue
{
    public override IReadOnlyList<TimeSeries> Series { get; } = [Single];
}

internal sealed record ArrayValue(IReadOnlyList<TimeSeries> Items) : MathValue
{
    public override IReadOnlyList<TimeSeries> Series => Items;
}
