namespace Haneul.DynamoDb.Throttling;

/// <summary>Adds numbers up as a metric wants them.</summary>
internal struct Tally
{
    public double Sum { get; private set; }

    public long Count { get; private set; }

    public double Least { get; private set; }

    public double Most { get; private set; }

    public void Add(double value)
    {
        Least = Count == 0 ? value : Math.Min(Least, value);
        Most = Count == 0 ? value : Math.Max(Most, value);
        Sum += value;
        Count++;
    }
}
