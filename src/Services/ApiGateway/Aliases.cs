// The namespace of the ports between services hides the contracts' shapes of that name.
global using ApiIntegration = Haneul.ApiGateway.Contracts.V2.Integration;
global using RestIntegration = Haneul.ApiGateway.Contracts.V1.Integration;
