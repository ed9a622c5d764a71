using Haneul.Integration.Scaling;
using Haneul.Kernel.Errors;

namespace Haneul.AutoScaling;

/// <summary>The services of this cloud that have something to scale.</summary>
internal sealed class ScalableServices(IEnumerable<IScalableDimensions> services)
{
    /// <summary>The service and the dimension; an error if nothing here has it.</summary>
    public (IScalableDimensions Service, ScalingDimension Dimension)? Find(ScalingId what, out ServiceError? error)
    {
        error = null;
        if (services.FirstOrDefault(service => service.ServiceNamespace == what.Namespace) is not { } service)
        {
            error = ScalingFaults.Validation($"Haneul does not support the service namespace {what.Namespace} of Application Auto Scaling yet.");
            return null;
        }

        if (service.Find(what.Resource, what.Dimension) is not { } dimension)
        {
            error = ScalingFaults.Validation("Unsupported service namespace, resource type or scalable dimension");
            return null;
        }

        return (service, dimension);
    }
}
