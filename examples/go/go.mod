module example.com/anomify-go

go 1.24

require github.com/anomify/pulumi-anomify/sdk/go/anomify v0.0.0

// The library of the provider, which `pulumi package add node_modules/pulumi-anomify/plugin/nodejs` writes.
replace github.com/anomify/pulumi-anomify/sdk/go/anomify => ./sdks/anomify
