using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Haneul.Gateway.Observability;

/// <summary>
/// A line of JSON for every request: when, who, what, how it ended and how long it took. No bodies, no headers, no secrets. Lines are written
/// through a buffer that is flushed every second.
/// </summary>
internal sealed class AccessLog : IAsyncDisposable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream _stream;
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _line = new(512);
    private readonly Utf8JsonWriter _json;
    private readonly ITimer _timer;

    /// <param name="stream">Where lines go; it is owned by the log.</param>
    public AccessLog(Stream stream)
    {
        _stream = new BufferedStream(stream, 65_536);
        _json = new Utf8JsonWriter(_line, s_options);

        // The machine's time and not the cloud's: a frozen cloud is watched all the more.
        _timer = TimeProvider.System.CreateTimer(_ => Flush(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Write(in AccessLogEntry entry)
    {
        lock (_lock)
        {
            _line.ResetWrittenCount();
            _json.Reset();
            _json.WriteStartObject();
            _json.WriteString("time"u8, entry.Time);
            _json.WriteString("requestId"u8, entry.RequestId);
            _json.WriteString("remote"u8, entry.Remote);
            _json.WriteString("principal"u8, entry.Principal);
            _json.WriteString("service"u8, entry.Service);
            _json.WriteString("operation"u8, entry.Operation);
            _json.WriteString("method"u8, entry.Method);
            _json.WriteString("path"u8, entry.Path);
            _json.WriteNumber("status"u8, entry.Status);
            _json.WriteString("error"u8, entry.Error);
            _json.WriteNumber("milliseconds"u8, Math.Round(entry.Milliseconds, 3));
            _json.WriteEndObject();
            _json.Flush();
            _line.Write("\n"u8);
            _stream.Write(_line.WrittenSpan);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Flush();
        await _json.DisposeAsync();
        await _stream.DisposeAsync();
    }

    private void Flush()
    {
        lock (_lock)
        {
            _stream.Flush();
        }
    }
}

/// <summary>What a line says; unknown parts are null.</summary>
internal readonly record struct AccessLogEntry(
    DateTimeOffset Time, string RequestId, string? Remote, string? Principal, string? Service, string? Operation, string Method, string Path, int Status,
    string? Error, double Milliseconds);
