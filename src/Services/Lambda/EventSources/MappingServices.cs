using Haneul.Kernel.Identity;
using Haneul.Lambda.Events;
using Haneul.Lambda.Invocations;
using Microsoft.Extensions.Logging;

namespace Haneul.Lambda.EventSources;

/// <summary>What all workers share.</summary>
internal sealed record MappingServices(
    StreamAccess Access, ExecutionRoles Roles, Dispatcher Dispatcher, EventDestinations Destinations, TimeProvider Time, IIdSource Ids,
    ILogger<MappingWorker> Log);
