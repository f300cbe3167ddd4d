// A gateway in a process of its own: answers every POST with a signed payment.
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';

const secretKey = process.argv[2];

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { order } = JSON.parse(Buffer.concat(chunks).toString());
    const body = JSON.stringify({
      customer: { id: 'cust-1' },
      order: { ...order, amount: '90000' },
      payment: { token: 'M8L5TfWSxN6orwBlpqaZi3zMuElXH3J9xERWGqtT4', status: 'PENDING' },
    });
    const { 'client-id': clientId, 'request-id': requestId } = request.headers;
    const timestamp = '2026-01-01T00:00:00Z';
    const digest = createHash('sha256').update(body).digest('base64');
    const text = `Client-Id:${clientId}\nRequest-Id:${requestId}\nResponse-Timestamp:${timestamp}\nRequest-Target:${request.url}\nDigest:${digest}`;
    response.writeHead(201, {
      'Content-Type': 'application/json',
      'Client-Id': clientId,
      'Request-Id': requestId,
      'Response-Timestamp': timestamp,
      Signature: `HMACSHA256=${createHmac('sha256', secretKey).update(text).digest('base64')}`,
    });
    response.end(body);
  });
}).listen(0, '127.0.0.1', function () {
  process.send(this.address().port);
});

process.on('disconnect', () => process.exit());
