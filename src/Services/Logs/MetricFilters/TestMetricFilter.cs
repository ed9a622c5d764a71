using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Logs.Filters;

namespace Haneul.Logs.MetricFilters;

/// <summary>Tells which messages a pattern picks, and what it takes out of them.</summary>
internal sealed class TestMetricFilter : IHandler<TestMetricFilterInput, TestMetricFilterOutput>
{
    public ValueTask<Outcome<TestMetricFilterOutput>> HandleAsync(TestMetricFilterInput input, CallContext context, CancellationToken cancel)
    {
        FilterPattern pattern;
        try
        {
            pattern = FilterPattern.Parse(input.FilterPattern);
        }
        catch (FormatException exception)
        {
            return new(LogsErrors.InvalidParameterException.With("Invalid metric filter pattern: " + exception.Message));
        }

        var matches = new List<MetricFilterMatchRecord>();
        for (var i = 0; i < input.LogEventMessages.Count; i++)
        {
            var message = input.LogEventMessages[i];
            if (pattern.Matches(message))
            {
                matches.Add(new MetricFilterMatchRecord
                {
                    EventNumber = i + 1,
                    EventMessage = message,
                    ExtractedValues = pattern.Selectors.Select(selector => (selector, value: pattern.Extract(selector, message)))
                        .Where(pair => pair.value is not null).ToDictionary(pair => pair.selector, pair => pair.value!),
                });
            }
        }

        return new(new TestMetricFilterOutput { Matches = matches });
    }
}
