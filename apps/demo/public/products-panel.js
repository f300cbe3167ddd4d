/* global document */
import { element, show } from './dom.js';
import { rupiah } from './format.js';
import { activeOrder, isUnderWay, state } from './state.js';

const SVG = 'http://www.w3.org/2000/svg';

export function showProducts(container, { choose }) {
  const { products, productId } = state;
  const locked = isUnderWay(activeOrder());
  container.disabled = locked;
  show(container, { products, productId, locked }, () => [
    element('legend', { class: 'only-read' }, 'Product'),
    element(
      'div',
      { class: 'products' },
      products.map((product) =>
        element(
          'label',
          { class: 'product' },
          element('input', {
            type: 'radio',
            name: 'product',
            id: `product-${product.id}`,
            value: product.id,
            checked: product.id === productId,
            onchange: () => choose(product.id),
          }),
          picture(product.id),
          element(
            'span',
            { class: 'product-text' },
            element('span', { class: 'product-name' }, product.name),
            element('span', { class: 'quiet' }, product.origin),
            element('span', { class: 'price' }, rupiah(product.price)),
          ),
        ),
      ),
    ),
  ]);
}

function picture(id) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'picture');
  svg.setAttribute('viewBox', '0 0 120 80');
  svg.setAttribute('preserveAspectRatio', 'xMidYMid slice');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#art-${id}`);
  svg.append(use);
  return svg;
}
