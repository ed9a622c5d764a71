// The namespaces of the ports between services, and of a feature of REST APIs, hide the contracts' shapes of those names.
global using ApiIntegration = Haneul.ApiGateway.Contracts.V2.Integration;
global using RestIntegration = Haneul.ApiGateway.Contracts.V1.Integration;
global using UsageReport = Haneul.ApiGateway.Contracts.V1.Usage;
