using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Haneul.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Haneul.Gateway.Tls;

/// <summary>
/// Serves TLS on the port of plain HTTP: the first byte of a connection tells which it is. So there is one endpoint for <c>http:</c> and
/// <c>https:</c>, with the certificate of the name that the client asks for.
/// </summary>
internal sealed class TlsOnSamePort(ConnectionDelegate next, IServerCertificates certificates, ILogger log)
{
    private const byte HandshakeRecord = 0x16;

    // As long as the server itself waits for a first request, and for handshakes.
    private static readonly TimeSpan s_firstByte = TimeSpan.FromSeconds(130);
    private static readonly TimeSpan s_handshake = TimeSpan.FromSeconds(10);

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        if (await IsTlsAsync(connection))
        {
            await ServeTlsAsync(connection);
        }
        else
        {
            await next(connection);
        }
    }

    private static async ValueTask<bool> IsTlsAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(s_firstByte, TimeProvider.System);
        try
        {
            var read = await connection.Transport.Input.ReadAsync(patience.Token);
            var isTls = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] == HandshakeRecord;
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
            return isTls;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The server finds out in its own way that nothing comes.
            connection.Abort(new ConnectionAbortedException("The connection stayed silent."));
            return false;
        }
    }

    private async Task ServeTlsAsync(ConnectionContext connection)
    {
        var transport = connection.Transport;
        var name = "";
        var stream = new SslStream(new DuplexStream(transport), leaveInnerStreamOpen: false);
        await using (stream)
        {
            try
            {
                using var patience = new CancellationTokenSource(s_handshake, TimeProvider.System);
                await stream.AuthenticateAsServerAsync(
                    (_, hello, _, _) =>
                    {
                        name = hello.ServerName;
                        return new(new SslServerAuthenticationOptions
                        {
                            ServerCertificateContext = certificates.Find(name),
                            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                        });
                    },
                    state: null,
                    patience.Token);
            }
            catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException)
            {
                Log.HandshakeFailed(log, name, exception.Message);
                return;
            }

            var features = new TlsFeatures(stream, name);
            connection.Features.Set<ITlsConnectionFeature>(features);
            connection.Features.Set<ITlsApplicationProtocolFeature>(features);
            connection.Features.Set<ITlsHandshakeFeature>(features);
            var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
            var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
            try
            {
                connection.Transport = new Duplex(input, output);
                await next(connection);
            }
            finally
            {
                await input.CompleteAsync();
                await output.CompleteAsync();
                connection.Transport = transport;
            }
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
