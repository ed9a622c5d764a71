namespace Haneul.ApiGateway.Rest.Execute.Logging;

/// <summary>
/// What happened to one request, line by line, in the words of AWS's execution logs. Errors alone are kept where the stage's level is ERROR.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html"/>
/// </summary>
/// <param name="info">Keep every line.</param>
/// <param name="data">Keep whole requests and answers, bodies and headers included.</param>
/// <param name="time">When a line is written.</param>
internal sealed class ExecutionLog(bool info, bool data, TimeProvider time)
{
    // A line longer than this is cut, as AWS does.
    private const int MaxLine = 1024;

    private readonly List<(DateTimeOffset Time, string Message)> _lines = [];

    public IReadOnlyList<(DateTimeOffset Time, string Message)> Lines => _lines;

    public bool KeepsInfo => info;

    public bool KeepsData => data;

    /// <summary>A line of the request's life.</summary>
    public void Info(string message)
    {
        if (info)
        {
            Add(message);
        }
    }

    /// <summary>A line that holds what was sent: headers, bodies.</summary>
    public void Data(string message)
    {
        if (info && data)
        {
            Add(message);
        }
    }

    public void Error(string message) => Add(message);

    private void Add(string message) => _lines.Add((time.GetUtcNow(), message.Length > MaxLine ? message[..MaxLine] + " [TRUNCATED]" : message));
}
