window.SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // Without this the page would ask a validator on another host.
  validatorUrl: null,
});
