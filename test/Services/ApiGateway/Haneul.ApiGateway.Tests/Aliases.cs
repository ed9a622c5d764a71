// As in the service: a namespace hides the contract's shape of that name.
global using RestIntegration = Haneul.ApiGateway.Contracts.V1.Integration;
