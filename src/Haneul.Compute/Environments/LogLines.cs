using System.Buffers;
using System.Text;

namespace Haneul.Compute.Environments;

/// <summary>Turns what an environment writes into log lines, and keeps the tail of the invocation under way.</summary>
internal sealed class LogLines(IFunctionLog log, TimeProvider time)
{
    /// <summary>How much of its log an invocation can give back. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"/></summary>
    private const int TailLength = 4096;

    // The longest event of CloudWatch Logs is 1 MB; longer lines are cut into several.
    private const int MaxLine = 1_000_000;

    // The bootstraps write it for a line break inside one event.
    private const byte Break = 0x1E;

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _tail = new();
    private string? _complaint;

    /// <summary>The last line that was written; what a program that does not start has to say.</summary>
    public string? LastLine => _complaint;

    public void Append(ReadOnlySequence<byte> bytes)
    {
        lock (_lock)
        {
            foreach (var segment in bytes)
            {
                var rest = segment.Span;
                while (rest.IndexOf((byte)'\n') is var end and >= 0)
                {
                    _line.Write(rest[..end]);
                    EndLine();
                    rest = rest[(end + 1)..];
                }

                _line.Write(rest);
                if (_line.WrittenCount > MaxLine)
                {
                    EndLine();
                }
            }
        }
    }

    /// <summary>A line of the platform's own.</summary>
    public void Platform(string line)
    {
        lock (_lock)
        {
            Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    /// <summary>Forgets the tail: another invocation begins.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _tail.Clear();
        }
    }

    /// <summary>Ends a line that has no end yet.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_line.WrittenCount > 0)
            {
                EndLine();
            }
        }
    }

    public byte[] Tail()
    {
        lock (_lock)
        {
            var all = _tail.WrittenSpan;
            return all[Math.Max(0, all.Length - TailLength)..].ToArray();
        }
    }

    private void EndLine()
    {
        _line.Write("\n"u8);
        var bytes = _line.WrittenSpan.ToArray();
        _line.Clear();
        bytes.AsSpan().Replace(Break, (byte)'\n');
        _complaint = Encoding.UTF8.GetString(bytes).TrimEnd('\n');
        Write(bytes);
    }

    private void Write(byte[] line)
    {
        // Old text is dropped when it has become much longer than what is wanted.
        if (_tail.WrittenCount > 16 * TailLength)
        {
            var keep = _tail.WrittenSpan[^TailLength..].ToArray();
            _tail.Clear();
            _tail.Write(keep);
        }

        _tail.Write(line.AsSpan(Math.Max(0, line.Length - TailLength)));
        log.Write(time.GetUtcNow(), Encoding.UTF8.GetString(line));
    }
}
