using System.Buffers;
using Haneul.Gateway.Routing;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Haneul.Gateway;

/// <summary>Requests to services that never were on a wire: decoded, authorized, invoked and encoded as those that were.</summary>
internal sealed class ServiceCalls(IServiceProvider services, OperationInvoker invoker, ILogger<ServiceCalls> log) : IServiceCalls
{
    private readonly Lazy<ServiceMap> _map = new(services.GetRequiredService<ServiceMap>);

    public async ValueTask<ServiceAnswer> CallAsync(ServiceRequest request, CallContext caller, CancellationToken cancel)
    {
        var wire = new MemoryWireRequest(request);
        if (Find(request) is not { } service)
        {
            return Encode(
                Fallback(request), null, CommonErrors.NotImplemented.With($"Haneul does not serve {request.Service} yet."), caller.RequestId);
        }

        var protocol = WireProtocols.Of(Pick(service.Model, wire));
        OperationRow? row = null;
        try
        {
            var labels = RouteLabels.None;
            row = request.Action is { } action ? service.Find(action) : null;
            if (request.Action is null && service.Routes.Match(wire.Method, wire.RawPath, wire.RawQuery) is { } match)
            {
                row = service.Find(match.Operation);
                labels = match.Labels;
            }

            if (row is null)
            {
                var name = request.Action ?? $"{request.Method} {request.Path}";
                return Encode(
                    protocol, service.Model,
                    service.IsUnserved(name)
                        ? CommonErrors.NotImplemented.With($"Haneul does not support {service.Model.ServiceId} {name} yet.")
                        : CommonErrors.UnknownOperationException.With($"{service.Model.ServiceId} has no operation {name}."),
                    caller.RequestId);
            }

            var input = row.Operation.ReadInput(protocol.Read(row.Operation, wire, labels));
            var outcome = await invoker.InvokeAsync(service, row, input, caller, cancel);
            return outcome.Succeeded
                ? await EncodeAsync(protocol, row.Operation, outcome.Value, caller.RequestId, cancel)
                : Encode(protocol, service.Model, outcome.Error, caller.RequestId);
        }
        catch (WireFormatException exception)
        {
            return Encode(protocol, service.Model, CommonErrors.SerializationException.With(exception.Message), caller.RequestId);
        }
        catch (ServiceException exception)
        {
            return Encode(protocol, service.Model, exception.Error, caller.RequestId);
        }
#pragma warning disable CA1031 // As for requests from outside: a defect becomes an answer.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Unexpected(log, caller.RequestId, row?.Operation, exception);
            var error = CommonErrors.InternalFailure.With("The request processing has failed because of an unknown error, exception or failure.");
            return Encode(protocol, service.Model, error, caller.RequestId);
        }
    }

    // Two services may share a prefix; the one that has the operation is meant.
    private ServiceEntry? Find(ServiceRequest request)
    {
        var named = _map.Value.Services.Where(service => service.Model.EndpointPrefix == request.Service || service.Model.SigningName == request.Service).ToArray();
        return Array.Find(
            named,
            service => request.Action is { } action
                ? service.Find(action) is not null
                : service.Routes.Match(request.Method, request.Path, request.Query) is not null) ?? named.FirstOrDefault();
    }

    // Forms are for query services; everything else is for the first protocol that the service speaks.
    private static Protocol Pick(ServiceModel model, MemoryWireRequest wire)
    {
        var isForm = wire.Header("content-type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ?? (wire.Body.IsEmpty && wire.RawQuery.Length > 0);
        return isForm && model.Protocols.Contains(Protocol.AwsQuery)
            ? Protocol.AwsQuery
            : model.Protocols.FirstOrDefault(protocol => protocol is Protocol.AwsJson10 or Protocol.AwsJson11 or Protocol.RestJson1 or Protocol.RestXml, model.Protocols[0]);
    }

    private static IWireProtocol Fallback(ServiceRequest request) => WireProtocols.Of(request.Action is null ? Protocol.RestJson1 : Protocol.AwsJson10);

    private static ServiceAnswer Encode(IWireProtocol protocol, ServiceModel? model, ServiceError error, string requestId)
    {
        var response = new MemoryWireResponse();
        protocol.WriteError(error, model, response, requestId);
        return response.ToAnswer();
    }

    private static async ValueTask<ServiceAnswer> EncodeAsync(IWireProtocol protocol, Operation operation, IShape output, string requestId, CancellationToken cancel)
    {
        var response = new MemoryWireResponse();
        protocol.Write(operation, output, response, requestId);
        await response.CollectAsync(cancel);
        return response.ToAnswer();
    }

    private sealed class MemoryWireRequest(ServiceRequest request) : WireRequest
    {
        public override string Method => request.Method;

        public override string RawPath => request.Path;

        public override string RawQuery => request.Query;

        public override ReadOnlyMemory<byte> Body => request.Body;

        public override Stream BodyStream => new MemoryStream(request.Body.ToArray(), writable: false);

        public override string? Header(string name)
        {
            var values = request.Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToArray();
            return values.Length == 0 ? null : string.Join(',', values);
        }

        public override IEnumerable<KeyValuePair<string, string>> HeadersWithPrefix(string prefix) => request.Headers
            .Where(header => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(header => new KeyValuePair<string, string>(header.Key[prefix.Length..], header.Value));
    }

    private sealed class MemoryWireResponse : WireResponse
    {
        private readonly ArrayBufferWriter<byte> _body = new();
        private readonly List<KeyValuePair<string, string>> _headers = [];

        public override IBufferWriter<byte> Body => _body;

        public override void SetHeader(string name, string value)
        {
            _headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            _headers.Add(new(name, value));
        }

        public async ValueTask CollectAsync(CancellationToken cancel)
        {
            if (BodyPump is null && BodyStream is null)
            {
                return;
            }

            using var collected = new MemoryStream();
            if (BodyPump is not null)
            {
                await BodyPump(collected, cancel);
            }
            else
            {
                await using (BodyStream)
                {
                    await BodyStream!.CopyToAsync(collected, cancel);
                }
            }

            _body.Write(collected.GetBuffer().AsSpan(0, (int)collected.Length));
        }

        public ServiceAnswer ToAnswer()
        {
            if (ContentType is not null)
            {
                SetHeader("Content-Type", ContentType);
            }

            return new ServiceAnswer(Status, _headers, _body.WrittenMemory);
        }
    }
}
