// The namespace of the ports between services hides the contract's shape of that name.
global using ApiIntegration = Haneul.ApiGateway.Contracts.V2.Integration;
